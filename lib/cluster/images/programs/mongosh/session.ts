import type { Json } from '../../../../api';
import type { Connection } from './connection';

/** A cursor that "it" goes on with: what it asks, and how far it was read. */
export type SavedCursor = {
  readonly db: string;
  readonly command: { readonly [name: string]: Json };
  readonly position: number;
};

/** What a line that is being evaluated has of its shell. */
export interface Session {
  readonly connection: Connection;
  /** The shell before mongosh: raw replies, its own way to print. */
  readonly legacy: boolean;
  /** The current database's name. */
  db: string;
  /** What "it" goes on with. */
  cursor: SavedCursor | null;
  /** Deprecations that were spoken of already. */
  warned: readonly string[];
  print(text: string): void;
  readFile(path: string): string | undefined;
}

/** Says once that something is deprecated. */
export function warnOnce(session: Session, text: string): void {
  if (session.legacy || session.warned.includes(text)) return;
  session.warned = [...session.warned, text];
  session.print(`DeprecationWarning: ${text}`);
}
