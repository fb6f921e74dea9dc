import type { UndoEntry } from './seams';

/** Which commands turn out to change something: only those can be taken back. */
export interface CommandWatch<State> {
  /** A command begins on a terminal; whatever ran there before has shown by now what it does. */
  begin(terminal: string, entry: UndoEntry, before: State): void;
  /** The terminal's command has changed something. */
  changed(terminal: string): void;
  /** The terminal's command is inside a container for as long as the two are not called equally often. */
  inside(terminal: string): { enter(): void; leave(): void };
  /** Somebody inside a container has changed its files. */
  changedInside(): void;
  /** The terminal is closed. */
  end(terminal: string): void;
  /** Nothing runs any more. */
  forget(): void;
}

/** Nothing runs yet; `found` is told of each command once. */
export function createCommandWatch<State>(
  found: (entry: UndoEntry, before: State) => void,
): CommandWatch<State> {
  const running = new Map<string, { readonly entry: UndoEntry; readonly before: State }>();
  const insiders = new Map<string, number>();
  const changed = (terminal: string) => {
    const command = running.get(terminal);
    if (command === undefined) return;
    running.delete(terminal);
    found(command.entry, command.before);
  };
  const count = (terminal: string, by: 1 | -1) =>
    insiders.set(terminal, Math.max(0, (insiders.get(terminal) ?? 0) + by));
  return {
    begin(terminal, entry, before) {
      running.set(terminal, { entry, before });
    },
    changed,
    inside: (terminal) => ({ enter: () => count(terminal, 1), leave: () => count(terminal, -1) }),
    changedInside() {
      for (const [terminal, those] of insiders) if (those > 0) changed(terminal);
    },
    end(terminal) {
      running.delete(terminal);
      insiders.delete(terminal);
    },
    forget() {
      running.clear();
      insiders.clear();
    },
  };
}
