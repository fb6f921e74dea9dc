import type { ClientMessage, ServerMessage } from '../protocol';

/** A state of a workspace by its content. */
export interface Fingerprint {
  readonly seq: number;
  readonly now: number;
  readonly hash: string;
}

/** What the driver says to the process that it will kill. */
export type Order =
  | { readonly kind: 'say'; readonly workspace: string; readonly message: ClientMessage }
  /** What the state is now, when it is at rest. */
  | { readonly kind: 'fingerprint'; readonly workspace: string }
  /** What the state was then, made anew from what is stored. */
  | { readonly kind: 'again'; readonly workspace: string; readonly seq: number; readonly now: number };

/** What that process says. */
export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'heard'; readonly workspace: string; readonly message: ServerMessage }
  | { readonly kind: 'cut'; readonly workspace: string }
  | { readonly kind: 'fingerprint'; readonly workspace: string; readonly found: Fingerprint | undefined }
  | { readonly kind: 'again'; readonly workspace: string; readonly found: Fingerprint };
