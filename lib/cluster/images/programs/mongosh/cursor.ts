import type { Json } from '../../../../api';
import { type Document, documentIn, documentsIn } from '../mongo/bson';
import { documentOf, numberOf } from './arguments';
import { ScriptError } from './native-members';
import { type SavedCursor, type Session, warnOnce } from './session';
import { type Callable, fromWire, Host } from './values';

/** Documents that a cursor shows at once. */
export const BATCH = 20;

/** What find and aggregate return: nothing is asked before somebody looks. */
export class Cursor extends Host {
  readonly #session: Session;
  readonly #db: string;
  #command: Document;
  #documents: readonly unknown[] | undefined;
  #position: number;
  #maps: readonly Callable[] = [];
  /** The old shell's: documents over several lines. */
  isPretty = false;

  constructor(session: Session, { db, command, position }: SavedCursor) {
    super();
    this.#session = session;
    this.#db = db;
    this.#command = command;
    this.#position = position;
  }

  get shown(): string {
    return '[Cursor]';
  }

  /** As it outlives its line. */
  get saved(): SavedCursor {
    return { db: this.#db, command: this.#command, position: this.#position };
  }

  /** The next documents that are shown, and whether there are more. */
  batch(): { readonly documents: readonly unknown[]; readonly more: boolean } {
    const all = this.#all();
    const size = numberOf(this.#command.batchSize) ?? BATCH;
    const documents = all.slice(this.#position, this.#position + (size > 0 ? size : BATCH));
    this.#position += documents.length;
    return { documents, more: this.#position < all.length };
  }

  #all(): readonly unknown[] {
    if (this.#documents === undefined) {
      const reply = this.#session.connection.run(this.#db, this.#command, 'read');
      const found = documentsIn(documentIn(reply, 'cursor'), 'firstBatch').map(fromWire);
      this.#documents = this.#maps.reduce((items, map) => items.map((item) => map(item)), found);
    }
    return this.#documents;
  }

  #rest(): readonly unknown[] {
    const rest = this.#all().slice(this.#position);
    this.#position += rest.length;
    return rest;
  }

  #with(more: Document): this {
    if (this.#documents !== undefined)
      throw new ScriptError('MongoshInvalidInputError', '[COMMON-10003] Cursor is already initialized');
    this.#command = { ...this.#command, ...more };
    return this;
  }

  /** sort, skip and limit of a find; an aggregation has them as stages. */
  #narrowed(name: string, value: Json): this {
    if (!('aggregate' in this.#command)) return this.#with({ [name]: value });
    const stages = documentsIn(this.#command, 'pipeline');
    return this.#with({ pipeline: [...stages, { [`$${name}`]: value }] });
  }

  member(name: string): unknown {
    switch (name) {
      case 'sort':
        return (order: unknown) => this.#narrowed('sort', documentOf(order));
      case 'limit':
      case 'skip':
        return (count: unknown) => this.#narrowed(name, numberOf(count) ?? 0);
      case 'projection':
        return (fields: unknown) => this.#with({ projection: documentOf(fields) });
      case 'batchSize':
        return (size: unknown) => this.#with({ batchSize: numberOf(size) ?? BATCH });
      case 'pretty':
        return () => {
          this.isPretty = true;
          return this;
        };
      case 'hint':
      case 'comment':
      case 'maxTimeMS':
      case 'collation':
      case 'allowDiskUse':
      case 'noCursorTimeout':
      case 'readConcern':
      case 'readPref':
        return () => this;
      case 'toArray':
        return () => [...this.#rest()];
      case 'forEach':
        return (work: Callable) => {
          for (const item of this.#rest()) if (work(item) === false) break;
        };
      case 'map':
        return (work: Callable) => {
          this.#maps = [...this.#maps, work];
          return this;
        };
      case 'hasNext':
        return () => this.#position < this.#all().length;
      case 'next':
      case 'tryNext':
        return () => this.#next();
      case 'itcount':
        return () => this.#rest().length;
      case 'objsLeftInBatch':
        return () => this.#all().length - this.#position;
      case 'count':
        return () => this.#count();
      case 'size':
        return () => this.#count();
      case 'isClosed':
      case 'isExhausted':
        return () => this.#position >= this.#all().length;
      case 'close':
        return () => undefined;
      default:
        return undefined;
    }
  }

  #next(): unknown {
    const item = this.#all()[this.#position];
    if (item === undefined) {
      if (!this.#session.legacy) return null;
      throw new ScriptError('Error', 'error hasNext: false');
    }
    this.#position += 1;
    return item;
  }

  #count(): unknown {
    warnOnce(
      this.#session,
      'cursor.count is deprecated and will be removed in the next major release, please use `collection.estimatedDocumentCount` or `collection.countDocuments` instead ',
    );
    const { find, filter = {} } = this.#command;
    return this.#session.connection.run(this.#db, { count: find ?? '', query: filter }, 'read').n;
  }
}
