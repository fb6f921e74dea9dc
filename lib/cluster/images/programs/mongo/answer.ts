import type { Document } from './bson';
import type { LogEntry } from './log';
import type { MongodState } from './state';

/** A command from a client. */
export interface Called {
  readonly db: string;
  readonly command: Document;
  /** Whether the client takes answers from a secondary. */
  readonly secondaryOk: boolean;
  readonly auth: Document | undefined;
}

/** What a command came to. */
export interface Answer {
  readonly state: MongodState;
  readonly reply: Document;
  readonly log?: readonly LogEntry[];
  readonly latencyMs?: number;
  /** The server ends with this. */
  readonly exitCode?: number;
  readonly wakeAt?: number;
}
