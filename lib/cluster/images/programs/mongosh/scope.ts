/** Variables by name; each function and block looks outwards, the outermost to what the shell brings. */
export class Variables {
  readonly #values = new Map<string, unknown>();
  readonly #outer: Variables | undefined;
  readonly #brought: Readonly<Record<string, unknown>>;

  constructor(outer?: Variables, brought: Readonly<Record<string, unknown>> = {}) {
    this.#outer = outer;
    this.#brought = brought;
  }

  has(name: string): boolean {
    return this.#values.has(name) || this.#outer?.has(name) === true || Object.hasOwn(this.#brought, name);
  }

  get(name: string): unknown {
    if (this.#values.has(name)) return this.#values.get(name);
    if (this.#outer !== undefined) return this.#outer.get(name);
    return Object.hasOwn(this.#brought, name) ? this.#brought[name] : undefined;
  }

  declare(name: string, value: unknown): void {
    this.#values.set(name, value);
  }

  /** Assigns where the name is declared; undeclared names become the outermost's. */
  set(name: string, value: unknown): void {
    if (this.#values.has(name) || this.#outer === undefined) this.#values.set(name, value);
    else this.#outer.set(name, value);
  }

  entries(): readonly (readonly [string, unknown])[] {
    return [...this.#values];
  }
}
