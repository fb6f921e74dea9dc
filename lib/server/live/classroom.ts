import type { Lab } from '../../labs';
import type { WorkspaceRow } from './workspace-store';

/** What a live workspace asks of the class that it belongs to. */
export interface Classroom {
  /** The lab that such a workspace is about; undefined when it is not kept. Asked only of rows that have a place. */
  labFor(row: WorkspaceRow): Promise<Lab | undefined>;
  /** Why solutions may not be seen now, where the class says so and not the lab. */
  solutionLock(row: WorkspaceRow): Promise<string | undefined>;
}
