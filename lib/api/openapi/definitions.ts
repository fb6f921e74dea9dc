import type { JsonObject } from '../objects';
import { defineType, definitionName } from './define-type';
import type { GroupVersionKind } from './operation';

interface Defined {
  readonly name: string;
  readonly body: JsonObject;
  /** The types that the definition refers to. */
  readonly refersTo: readonly string[];
}

/** All definitions, each made when first asked for: documents share most of them. */
export class Catalogue {
  private readonly defined = new Map<string, Defined>();
  private readonly kinds: ReadonlyMap<string, readonly GroupVersionKind[]>;
  /** What a `$ref` begins with. */
  readonly prefix: string;

  constructor(prefix: string, kinds: ReadonlyMap<string, readonly GroupVersionKind[]>) {
    this.prefix = prefix;
    this.kinds = kinds;
  }

  find(type: string): Defined {
    const known = this.defined.get(type);
    if (known) return known;
    const refersTo = new Set<string>();
    const body = defineType(type, this.kinds.get(type) ?? [], (other) => {
      refersTo.add(other);
      return `${this.prefix}${definitionName(other)}`;
    });
    const made = { name: definitionName(type), body, refersTo: [...refersTo] };
    this.defined.set(type, made);
    return made;
  }
}

/** The definitions that one document needs. */
export class Definitions {
  private readonly found = new Map<string, JsonObject>();
  private readonly catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
  }

  /** The `$ref` of a type, whose definition, with all that it needs, is then among `all`. */
  refer(type: string): string {
    const { name, body, refersTo } = this.catalogue.find(type);
    if (!this.found.has(name)) {
      this.found.set(name, body);
      for (const other of refersTo) this.refer(other);
    }
    return `${this.catalogue.prefix}${name}`;
  }

  /** Everything referred to so far, by name. */
  all(): JsonObject {
    return Object.fromEntries([...this.found].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
