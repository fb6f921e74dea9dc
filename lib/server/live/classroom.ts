import type { Lab, Verdict } from '../../labs';
import type { ClassroomView, PatchView } from '../protocol';
import type { WorkspaceRow } from './workspace-store';

/** What a live workspace asks of the class that it belongs to. */
export interface Classroom {
  /** The lab that such a workspace is about; undefined when it is not kept. Asked only of rows that have a place. */
  labFor(row: WorkspaceRow): Promise<Lab | undefined>;
  /** Why solutions may not be seen now, where the class says so and not the lab. */
  solutionLock(row: WorkspaceRow): Promise<string | undefined>;
  /** What its page is told, given how its newest attempt came out. */
  view(row: WorkspaceRow, lab: Lab, verdicts: readonly Verdict[]): Promise<ClassroomView>;
  /** Calls `onNews` whenever `view` may have changed, until the returned function is called. */
  listen(row: WorkspaceRow, onNews: () => void): () => void;
  /** Something was typed, or judged. */
  happened(row: WorkspaceRow): void;
  /** `seq` is the moment at which the hand went up; no text takes it down. */
  setHand(row: WorkspaceRow, seq: number, text: string | undefined): Promise<void>;
  /** The patch of a reply that was sent to this workspace. */
  patchOf(row: WorkspaceRow, replyId: string): Promise<PatchView>;
  settleReply(row: WorkspaceRow, replyId: string, how: 'applied' | 'dismissed'): Promise<void>;
  /** Whether the learner agrees that staff watch the terminal. */
  answerFollow(row: WorkspaceRow, agrees: boolean): Promise<void>;
}
