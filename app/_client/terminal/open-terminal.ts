import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { onThemeChange } from '../read-color';
import { keyUse } from './terminal-keys';
import { terminalTheme } from './terminal-theme';

/** What the page does with the terminal. */
export interface TerminalEvents {
  readonly onKeys: (keys: string) => void;
  readonly onSize: (columns: number, rows: number) => void;
  readonly onFind: () => void;
}

/** A terminal on the page. */
export interface TerminalHandle {
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
  clear(): void;
  focus(): void;
  find(text: string, backwards: boolean): boolean;
  setScreenReader(on: boolean): void;
  dispose(): void;
}

const SCROLLBACK_LINES = 5_000;
const FONT_PX = 13;

function handleKey(terminal: Terminal, events: TerminalEvents, event: KeyboardEvent): boolean {
  const use = keyUse(event, terminal.hasSelection());
  if (use === 'shell') return true;
  if (use === 'browser') return false;
  if (event.type !== 'keydown') return false;
  event.preventDefault();
  if (use === 'find') events.onFind();
  else {
    void navigator.clipboard.writeText(terminal.getSelection());
    terminal.clearSelection();
  }
  return false;
}

/** Opens a terminal inside `host`, sized to it and lit as the page is. */
export function openTerminal(
  host: HTMLElement,
  screenReader: boolean,
  events: TerminalEvents,
): TerminalHandle {
  const { fontFamily } = getComputedStyle(host);
  const terminal = new Terminal({
    allowProposedApi: true,
    cursorBlink: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    fontFamily,
    fontSize: FONT_PX,
    lineHeight: 1.25,
    minimumContrastRatio: 4.5,
    screenReaderMode: screenReader,
    scrollback: SCROLLBACK_LINES,
    theme: terminalTheme(),
  });
  const fit = new FitAddon();
  const search = new SearchAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.loadAddon(new Unicode11Addon());
  terminal.loadAddon(new WebLinksAddon());
  terminal.unicode.activeVersion = '11';
  terminal.open(host);
  terminal.attachCustomKeyEventHandler((event) => handleKey(terminal, events, event));
  const refit = () => {
    if (host.clientWidth > 0 && host.clientHeight > 0) fit.fit();
  };
  refit();
  terminal.onData(events.onKeys);
  terminal.onResize(({ cols, rows }) => events.onSize(cols, rows));
  let gone = false;
  // The face may come after the terminal. Cells are measured anew when the list of faces is another.
  void document.fonts.load(`${FONT_PX}px ${fontFamily}`).then(() => {
    if (gone) return;
    terminal.options.fontFamily = `${fontFamily}, monospace`;
    refit();
  });
  const observer = new ResizeObserver(refit);
  observer.observe(host);
  const offTheme = onThemeChange(() => {
    terminal.options.theme = terminalTheme();
  });
  return {
    get columns() {
      return terminal.cols;
    },
    get rows() {
      return terminal.rows;
    },
    write: (text) => terminal.write(text),
    clear: () => terminal.reset(),
    focus: () => terminal.focus(),
    find: (text, backwards) => (backwards ? search.findPrevious(text) : search.findNext(text)),
    setScreenReader: (on) => {
      terminal.options.screenReaderMode = on;
    },
    dispose() {
      gone = true;
      observer.disconnect();
      offTheme();
      terminal.dispose();
    },
  };
}
