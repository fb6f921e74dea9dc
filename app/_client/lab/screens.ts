import { placeOutput } from './output-cursor';

/** A terminal's glass, as the link writes on it. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
  clear(): void;
}

/** What each terminal was sent, and the glass that shows it, if there is one. */
export interface Screens {
  attach(terminal: string, screen: Screen): () => void;
  /** Undefined while nobody shows it. */
  size(terminal: string): { readonly columns: number; readonly rows: number } | undefined;
  /** The position up to which its output was shown. */
  seen(terminal: string): number;
  show(terminal: string, from: number, text: string): void;
  /** What it was sent lately. */
  text(terminal: string): string;
  onShown(listener: (terminal: string) => void): () => void;
  forget(terminal: string): void;
}

/** As much as the server keeps. */
const KEPT = 256 * 1024;

/** No terminals yet. */
export function createScreens(): Screens {
  const screens = new Map<string, Screen>();
  const seen = new Map<string, number>();
  const texts = new Map<string, string>();
  const listeners = new Set<(terminal: string) => void>();
  return {
    attach(terminal, screen) {
      screens.set(terminal, screen);
      seen.set(terminal, 0);
      texts.set(terminal, '');
      return () => {
        if (screens.get(terminal) === screen) screens.delete(terminal);
      };
    },
    size(terminal) {
      const screen = screens.get(terminal);
      return screen && { columns: screen.columns, rows: screen.rows };
    },
    seen: (terminal) => seen.get(terminal) ?? 0,
    show(terminal, from, text) {
      const placed = placeOutput(seen.get(terminal) ?? 0, from, text);
      seen.set(terminal, placed.seen);
      const before = placed.clear ? '' : (texts.get(terminal) ?? '');
      texts.set(terminal, (before + placed.text).slice(-KEPT));
      const screen = screens.get(terminal);
      if (placed.clear) screen?.clear();
      if (placed.text !== '') screen?.write(placed.text);
      for (const listener of listeners) listener(terminal);
    },
    text: (terminal) => texts.get(terminal) ?? '',
    onShown(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    forget(terminal) {
      for (const map of [screens, seen, texts]) map.delete(terminal);
    },
  };
}
