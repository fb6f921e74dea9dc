import type { Json } from '../../../api';

/** Where a descriptor's text goes. */
export type Target =
  | { readonly to: 'log' }
  | { readonly to: 'null' }
  | { readonly to: 'file'; readonly path: string }
  | { readonly to: 'text'; readonly slot: number };

/** Where a descriptor's text comes from: a slot's text is used up as it is read. */
export type Source = { readonly from: 'nothing' } | { readonly from: 'text'; readonly slot: number };

export type Descriptors = {
  readonly in: Source;
  readonly out: Target;
  readonly err: Target;
};

/** What a part of a script that is set off must not change. */
export type Kept = {
  readonly variables: Readonly<Record<string, string>>;
  readonly exported: readonly string[];
  readonly positional: readonly string[];
  readonly cwd: string;
  readonly options: string;
};

/** What has been begun and has to be ended. */
export type Frame =
  | {
      readonly kind: 'apart';
      readonly program: number;
      readonly end: number;
      readonly kept: Kept;
      readonly descriptors: Descriptors;
      readonly tested: number;
      /** The slot that gathers its output, and the substitution that it is for. */
      readonly slot: number | undefined;
      readonly temp: number | undefined;
      readonly apart: 'subshell' | 'capture' | 'stage';
    }
  | { readonly kind: 'redirect'; readonly descriptors: Descriptors }
  | {
      readonly kind: 'call';
      readonly program: number;
      readonly pc: number;
      /** The caller's arguments; null where they are shared (eval, `.`, traps). */
      readonly positional: readonly string[] | null;
      readonly locals: Readonly<Record<string, string | null>>;
      readonly descriptors: Descriptors;
      readonly tested: number;
      /** Set for a shell of its own: what it must not change. */
      readonly kept: Kept | null;
    };

/** What a thread waits for. */
export type Wait =
  /** A moment, or never (null); then this is written and the command has ended. */
  | {
      readonly for: 'time';
      readonly at: number | null;
      readonly out: string;
      readonly err: string;
      readonly status: number;
      readonly descriptors: Descriptors;
    }
  /** A program of the image, or an applet, that runs as a server. */
  | { readonly for: 'server'; readonly id: number }
  /** Background jobs by number; all of them when empty. */
  | { readonly for: 'jobs'; readonly ids: readonly number[] }
  /** A program that the image brings, in the middle of its work. */
  | {
      readonly for: 'executable';
      readonly name: string;
      readonly argv: readonly string[];
      readonly state: Json;
      readonly at: number;
      readonly out: string;
      readonly err: string;
      readonly after: 'again' | 'read' | number;
      readonly environment: Readonly<Record<string, string>>;
      readonly descriptors: Descriptors;
    }
  /** A file that grows (tail -f). */
  | {
      readonly for: 'file';
      readonly path: string;
      readonly seen: number;
      readonly at: number;
      readonly descriptors: Descriptors;
    };

/** One line of execution: the script itself, or a part that runs in the background. */
export type Thread = {
  readonly id: number;
  readonly program: number;
  readonly pc: number;
  readonly status: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly exported: readonly string[];
  readonly positional: readonly string[];
  readonly functions: Readonly<Record<string, readonly [program: number, pc: number]>>;
  readonly cwd: string;
  /** Letters of `set`: e, u, x. */
  readonly options: string;
  readonly tested: number;
  readonly frames: readonly Frame[];
  readonly descriptors: Descriptors;
  readonly slots: Readonly<Record<string, string>>;
  readonly temps: Readonly<Record<string, string>>;
  readonly loops: Readonly<Record<string, { readonly words: readonly string[]; readonly at: number }>>;
  readonly wait: Wait | null;
  readonly lastJob: number | null;
  /** Its shell was replaced by the command that it runs (exec). */
  readonly replaced: boolean;
};

/** Where a script stands; JSON. */
export type ScriptState = {
  /** The command line itself (null), then the texts that it ran. */
  readonly programs: readonly (string | null)[];
  readonly threads: readonly Thread[];
  /** Background jobs that have ended, with their status. */
  readonly ended: Readonly<Record<string, number>>;
  readonly traps: Readonly<Record<string, string>>;
  readonly nextId: number;
  /** Text without its newline yet. */
  readonly partial: string;
};

/** Descriptors of a container's main process. */
export const LOGGED: Descriptors = { in: { from: 'nothing' }, out: { to: 'log' }, err: { to: 'log' } };
