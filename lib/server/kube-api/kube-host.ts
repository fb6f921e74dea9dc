import type { ApiOutcome, ProcessEvent, Workspace, WorkspaceInput } from '../../workspace';

/** A workspace whose API is served: its time moves on by itself, and what happens to it goes through one place. */
export interface KubeHost {
  /** The workspace with its time brought up to this moment, for reading. */
  present(): Promise<Workspace>;
  /** Lets an input act, stored first where there is storage; resolves with the API's answer to an 'api' input. */
  deliver(input: WorkspaceInput): Promise<ApiOutcome | undefined>;
  /** What processes begun by 'exec' inputs say. */
  onProcess(listener: (id: string, event: ProcessEvent) => void): () => void;
  /** Another state took the place of this one (undo, reset): watches end. */
  onReplaced(listener: () => void): () => void;
}
