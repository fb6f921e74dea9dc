import type { Command, Redirection, TestExpression, Word } from 'unbash';

/** How a part of a script is set off from the shell around it. */
export type Apart = 'subshell' | 'capture' | 'stage';

/** One step of a compiled script; jumps name a step's index. */
export type Step =
  | { readonly op: 'run'; readonly command: Command }
  /** The container's own command line, taken as it is. */
  | { readonly op: 'argv' }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'jumpIf'; readonly succeeded: boolean; readonly to: number }
  | { readonly op: 'forStart'; readonly slot: number; readonly words: readonly Word[] | undefined }
  | { readonly op: 'forNext'; readonly slot: number; readonly name: string; readonly to: number }
  | {
      readonly op: 'case';
      readonly word: Word;
      readonly items: readonly { readonly patterns: readonly Word[]; readonly to: number }[];
      readonly to: number;
    }
  | { readonly op: 'negate' }
  | { readonly op: 'status'; readonly status: number }
  | { readonly op: 'test'; readonly expression: TestExpression }
  | { readonly op: 'calculate'; readonly text: string }
  | { readonly op: 'redirect'; readonly redirects: readonly Redirection[] }
  | { readonly op: 'unredirect' }
  /** Begins a part that is set off; `end` is its `leave`. */
  | {
      readonly op: 'enter';
      readonly apart: Apart;
      readonly end: number;
      /** Where a capture's text goes. */
      readonly temp?: number | undefined;
      readonly reads?: boolean | undefined;
      readonly writes?: boolean | undefined;
      readonly errorsToo?: boolean | undefined;
    }
  | { readonly op: 'leave' }
  /** What runs until `end` runs beside the rest. */
  | { readonly op: 'spawn'; readonly end: number }
  | { readonly op: 'halt' }
  /** Whether a failure ends a script that asked for it (set -e). */
  | { readonly op: 'tested'; readonly on: boolean }
  | { readonly op: 'define'; readonly name: string; readonly to: number }
  | { readonly op: 'return' };

/** A script ready to be run, and where its command substitutions leave their text. */
export interface Compiled {
  readonly steps: readonly Step[];
  /** By the syntax node of the substitution. */
  readonly temps: ReadonlyMap<object, number>;
}
