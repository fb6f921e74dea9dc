import { type Callable, Host } from './values';

/** A callable of the shell's own with members: Date, ObjectId, Object. */
export class Built extends Host {
  readonly #call: Callable | undefined;
  readonly #members: Readonly<Record<string, unknown>>;
  readonly shown: string;
  constructor(shown: string, call: Callable | undefined, members: Readonly<Record<string, unknown>> = {}) {
    super();
    this.shown = shown;
    this.#call = call;
    this.#members = members;
  }

  member(name: string): unknown {
    if (name === '()') return this.#call;
    return Object.hasOwn(this.#members, name) ? this.#members[name] : undefined;
  }
}
