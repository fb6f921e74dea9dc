import type { Filter, FunctionDefinition } from './syntax';
import type { JqValue } from './value';

/** Where a value was found: its keys, and what was there; undefined keys are not kept. */
export interface Trail {
  readonly keys: readonly JqValue[];
  readonly value: JqValue;
}

/** One output of a filter, with its path while a path is asked for. */
export interface Output {
  readonly value: JqValue;
  readonly trail: Trail | undefined;
}

/** What a name stands for where it is used. */
export type Binding =
  | { readonly kind: 'value'; readonly value: JqValue }
  | { readonly kind: 'label'; readonly mark: object }
  | { readonly kind: 'closure'; readonly body: Filter; readonly scope: Scope }
  | { readonly kind: 'function'; readonly definition: FunctionDefinition };

/** Names in force: a chain, innermost first. Variables and labels are `$x` and `*x`, functions `f/1`. */
export interface Scope {
  readonly name: string;
  readonly binding: Binding;
  readonly outer: Scope | undefined;
}

/** The scope with one more name. */
export const withName = (outer: Scope | undefined, name: string, binding: Binding): Scope => ({
  name,
  binding,
  outer,
});

/** The innermost scope in which a name is bound. */
export function findName(scope: Scope | undefined, name: string): Scope | undefined {
  for (let at = scope; at !== undefined; at = at.outer) if (at.name === name) return at;
  return undefined;
}

/** What filters ask of the world around them. */
export interface JqWorld {
  /** Milliseconds since the epoch. */
  now(): number;
  readonly environment: Readonly<Record<string, string>>;
  /** The next input; undefined when there is none left. */
  nextInput(): JqValue | undefined;
  readonly inputFilename: () => string | undefined;
  readonly inputLine: () => number;
  /** Writes to standard error. */
  tell(text: string): void;
}
