/** A command and what came of it, as text. */
export interface LogEntry {
  readonly command: string;
  readonly output: string;
  /** Undefined while it runs, or when nobody saw it end. */
  readonly status: number | undefined;
}

const ESC = '\u001b';
const BEL = '\u0007';
/** Where a command's output begins and ends; see `lib/shell/command-marks.ts`. */
const MARK = new RegExp(`${ESC}\\]133;(?:C;cmdline_url=([^${BEL}]*)|D;(\\d+))${BEL}`, 'g');
/** Titles and other orders to a terminal; colours, moves and modes; shorter ones. */
const ORDERS = new RegExp(
  `${ESC}\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)|${ESC}\\[[0-?]*[ -/]*[@-~]|${ESC}[@-Z\\\\^_=>]`,
  'g',
);

/** The session as commands with their output, oldest first, from what the terminal was sent. */
export function readLog(sent: string): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  let open: { readonly command: string; readonly from: number } | undefined;
  const end = (to: number, status: number | undefined) => {
    if (open === undefined) return;
    entries.push({ command: open.command, output: plainText(sent.slice(open.from, to)), status });
    open = undefined;
  };
  for (const mark of sent.matchAll(MARK)) {
    const [all, command, status] = mark;
    if (command === undefined) end(mark.index, Number(status));
    else {
      end(mark.index, undefined);
      open = { command: decoded(command), from: mark.index + all.length };
    }
  }
  end(sent.length, undefined);
  return entries;
}

function decoded(command: string): string {
  try {
    return decodeURIComponent(command);
  } catch (error) {
    // Cut off where the kept output begins.
    if (error instanceof URIError) return command;
    throw error;
  }
}

/** What stays on the screen of a piece of output: no colours, and of a line that was written over, the last. */
export function plainText(sent: string): string {
  return sent
    .replace(ORDERS, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.split('\r').findLast((part) => part !== '') ?? '')
    .join('\n')
    .replaceAll(BEL, '')
    .trim();
}

/** A command with its output, to be pasted elsewhere. */
export const entryText = ({ command, output }: LogEntry): string =>
  `$ ${command}${output === '' ? '' : `\n${output}`}\n`;
