import BTree from 'sorted-btree';
import type { Json } from '../../api';
import { byText } from '../../base';

/** One piece of pending work: `key` of `controller` is to be looked at when virtual time reaches `at`. */
export interface Due {
  readonly at: number;
  readonly sequence: number;
  readonly controller: string;
  readonly key: string;
}

interface Books {
  readonly queue: BTree<Due, Due>;
  readonly byKey: BTree<string, Due>;
  readonly failures: BTree<string, number>;
  readonly busy: BTree<string, number>;
  readonly events: BTree<string, string>;
  sequence: number;
}

/** As many correlated events are remembered as client-go's recorder remembers. */
const MAX_CORRELATIONS = 4096;

/** All that a loop remembers, as data: pending work, failures in a row, and which event counts what. */
export interface Ledger {
  first(): Due | undefined;
  /** Adds work; of two entries for one controller and key the earlier one stays. */
  add(controller: string, key: string, at: number): void;
  remove(due: Due): void;
  /** How often in a row a key was refused. */
  failures(controller: string, key: string): number;
  setFailures(controller: string, key: string, count: number): void;
  /** Until when the last look at a key takes, in virtual ms; 0 when it took no time. */
  busyUntil(controller: string, key: string): number;
  setBusy(controller: string, key: string, until: number): void;
  event(correlation: string): string | undefined;
  setEvent(correlation: string, name: string): void;
  /** A number greater than all before it, to tell apart what happens at one moment. */
  nextNumber(): number;
  readonly size: number;
  /** A ledger with the same entries that goes its own way; costs nothing until one of the two is written. */
  fork(): Ledger;
  snapshot(): Json;
}

/** How a snapshot looks. */
interface Written {
  readonly sequence: number;
  readonly pending: readonly (readonly [at: number, sequence: number, controller: string, key: string])[];
  readonly failures: Readonly<Record<string, number>>;
  readonly busy?: Readonly<Record<string, number>>;
  readonly events: Readonly<Record<string, string>>;
}

const inOrder = (a: Due, b: Due): number => a.at - b.at || a.sequence - b.sequence;
const name = (controller: string, key: string): string => `${controller}\u0000${key}`;

/** An empty ledger, or the one that a snapshot holds. */
export function createLedger(snapshot?: Json): Ledger {
  const books: Books = {
    queue: new BTree<Due, Due>(undefined, inOrder),
    byKey: new BTree<string, Due>(undefined, byText),
    failures: new BTree<string, number>(undefined, byText),
    busy: new BTree<string, number>(undefined, byText),
    events: new BTree<string, string>(undefined, byText),
    sequence: 0,
  };
  if (snapshot !== undefined) read(books, snapshot as unknown as Written);
  return new BookLedger(books, false);
}

function read(books: Books, written: Written): void {
  books.sequence = written.sequence;
  for (const [at, sequence, controller, key] of written.pending) {
    const due = { at, sequence, controller, key };
    books.queue.set(due, due);
    books.byKey.set(name(controller, key), due);
  }
  for (const [key, count] of Object.entries(written.failures)) books.failures.set(key, count);
  for (const [key, until] of Object.entries(written.busy ?? {})) books.busy.set(key, until);
  for (const [key, event] of Object.entries(written.events)) books.events.set(key, event);
}

/** One class with its methods on the prototype: an untouched fork holds a reference to the books and a flag. */
class BookLedger implements Ledger {
  #books: Books;
  /** Somebody else reads the same books: they are copied before the first write. */
  #shared: boolean;

  constructor(books: Books, shared: boolean) {
    this.#books = books;
    this.#shared = shared;
  }

  #own(): Books {
    if (this.#shared) {
      const { queue, byKey, failures, busy, events, sequence } = this.#books;
      this.#books = {
        queue: queue.clone(),
        byKey: byKey.clone(),
        failures: failures.clone(),
        busy: busy.clone(),
        events: events.clone(),
        sequence,
      };
      this.#shared = false;
    }
    return this.#books;
  }

  get size(): number {
    return this.#books.queue.size;
  }

  first(): Due | undefined {
    return this.#books.queue.minKey();
  }

  add(controller: string, key: string, at: number): void {
    const id = name(controller, key);
    const known = this.#books.byKey.get(id);
    if (known !== undefined && known.at <= at) return;
    const mine = this.#own();
    if (known !== undefined) mine.queue.delete(known);
    mine.sequence += 1;
    const due = { at, sequence: mine.sequence, controller, key };
    mine.queue.set(due, due);
    mine.byKey.set(id, due);
  }

  remove(due: Due): void {
    this.#own().queue.delete(due);
    this.#own().byKey.delete(name(due.controller, due.key));
  }

  failures(controller: string, key: string): number {
    return this.#books.failures.get(name(controller, key)) ?? 0;
  }

  setFailures(controller: string, key: string, count: number): void {
    const id = name(controller, key);
    if ((this.#books.failures.get(id) ?? 0) === count) return;
    if (count === 0) this.#own().failures.delete(id);
    else this.#own().failures.set(id, count);
  }

  busyUntil(controller: string, key: string): number {
    return this.#books.busy.get(name(controller, key)) ?? 0;
  }

  setBusy(controller: string, key: string, until: number): void {
    const id = name(controller, key);
    if ((this.#books.busy.get(id) ?? 0) === until) return;
    if (until === 0) this.#own().busy.delete(id);
    else this.#own().busy.set(id, until);
  }

  event(correlation: string): string | undefined {
    return this.#books.events.get(correlation);
  }

  setEvent(correlation: string, event: string): void {
    const mine = this.#own();
    if (mine.events.size >= MAX_CORRELATIONS) mine.events.clear();
    mine.events.set(correlation, event);
  }

  nextNumber(): number {
    const mine = this.#own();
    mine.sequence += 1;
    return mine.sequence;
  }

  fork(): Ledger {
    this.#shared = true;
    return new BookLedger(this.#books, true);
  }

  snapshot(): Json {
    return write(this.#books) as unknown as Json;
  }
}

function write(books: Books): Written {
  return {
    sequence: books.sequence,
    pending: books.queue.keysArray().map((due) => [due.at, due.sequence, due.controller, due.key] as const),
    failures: Object.fromEntries(books.failures.toArray()),
    ...(books.busy.size === 0 ? {} : { busy: Object.fromEntries(books.busy.toArray()) }),
    events: Object.fromEntries(books.events.toArray()),
  };
}
