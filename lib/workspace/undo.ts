import { type UndoEntry, UndoUnavailableError } from './seams';

/** How many commands are listed as such that can be taken back. */
const UNDO_LIMIT = 50;
/** Of so many the state before them is in memory; older ones need a replay from storage. A state is up to 30 kB of its own. */
const STATES_LIMIT = 20;

/** The states before the last commands, newest last. `State` is a value, so holding it is free. */
export interface UndoStack<State> {
  readonly entries: readonly UndoEntry[];
  push(entry: UndoEntry, before: State): void;
  /** Throws what `pop` would. */
  need(): void;
  /** Takes the newest entry off; throws `UndoUnavailableError` when there is none, or its state is not in memory. */
  pop(): { readonly entry: UndoEntry; readonly before: State };
  copy(): UndoStack<State>;
}

/** A stack whose `known` entries come from a snapshot: listed, but without their states. */
export function createUndoStack<State>(
  known: readonly UndoEntry[],
  states: ReadonlyMap<number, State> = new Map(),
): UndoStack<State> {
  let entries = known;
  const kept = new Map(states);
  const newest = () => {
    const entry = entries.at(-1);
    const before = entry && kept.get(entry.ordinal);
    if (!entry || before === undefined) throw new UndoUnavailableError(entry);
    return { entry, before };
  };
  return {
    get entries() {
      return entries;
    },
    push(entry, before) {
      // Of two commands that ran at once, the one that began later is taken back first, whichever changed something first.
      entries = [...entries, entry].sort((a, b) => a.ordinal - b.ordinal).slice(-UNDO_LIMIT);
      kept.set(entry.ordinal, before);
      const oldest = entries.at(-STATES_LIMIT) ?? entries[0];
      for (const ordinal of kept.keys()) if (ordinal < (oldest?.ordinal ?? 0)) kept.delete(ordinal);
    },
    need() {
      newest();
    },
    pop() {
      const { entry, before } = newest();
      entries = entries.slice(0, -1);
      kept.delete(entry.ordinal);
      return { entry, before };
    },
    copy: () => createUndoStack(entries, kept),
  };
}
