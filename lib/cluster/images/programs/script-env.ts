import type { ProcessEnv } from '../../seams';

/** What one command did. */
export interface Ran {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
  readonly assigns?: Readonly<Record<string, string>> | undefined;
  readonly waitMs?: number | undefined;
  readonly exit?: boolean | undefined;
}

/** A process environment with the script's own variables. */
export type ScriptEnv = ProcessEnv & { readonly variables: Readonly<Record<string, string>> };
