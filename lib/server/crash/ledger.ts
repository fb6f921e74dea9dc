import type { ServerMessage } from '../protocol';
import type { Fingerprint } from './crash-words';

/** What one learner was told, and what they may still find out: the other side of the server's promises. */
export interface Ledger {
  /** The text of each file that was acknowledged last, and texts sent after it that were not. */
  readonly files: Map<string, { acknowledged: string | undefined; sent: string[] }>;
  /** Lines that a command wrote, as far as they were shown. */
  readonly shownLines: Set<string>;
  readonly typedLines: string[];
  readonly attempts: Set<string>;
  checksSent: number;
  readonly fingerprints: Fingerprint[];
}

/** A ledger without promises. */
export function newLedger(): Ledger {
  return {
    files: new Map(),
    shownLines: new Set(),
    typedLines: [],
    attempts: new Set(),
    checksSent: 0,
    fingerprints: [],
  };
}

/** The file to which each command writes a line of its own. */
export const LOG_FILE = 'log.txt';

/** Notes what was told: from now on it has to be so. */
export function note(
  ledger: Ledger,
  saves: ReadonlyMap<number, { path: string; text: string }>,
  message: ServerMessage,
): void {
  if (message.type === 'done') {
    const saved = saves.get(message.id);
    if (saved !== undefined) {
      const file = ledger.files.get(saved.path);
      if (file === undefined) return;
      file.acknowledged = saved.text;
      file.sent.splice(0, file.sent.indexOf(saved.text) + 1);
    }
  }
  if (message.type === 'verdicts') ledger.attempts.add(message.attempt.id);
  if (message.type === 'files') {
    for (const { path, text } of message.changes) {
      if (path === LOG_FILE) for (const line of linesOf(text ?? '')) ledger.shownLines.add(line);
    }
  }
}

/** What a fresh load shows that breaks a promise; empty when all are kept. */
export function broken(
  ledger: Ledger,
  files: readonly { readonly path: string; readonly text: string }[],
): string[] {
  const found: string[] = [];
  const textOf = (path: string) => files.find((file) => file.path === path)?.text;
  for (const [path, { acknowledged, sent }] of ledger.files) {
    const text = textOf(path);
    if (text !== acknowledged && !sent.includes(text ?? ''))
      found.push(`${path} is ${JSON.stringify(text)}, acknowledged was ${JSON.stringify(acknowledged)}`);
  }
  const lines = linesOf(textOf(LOG_FILE) ?? '');
  for (const line of ledger.shownLines) {
    const times = lines.filter((each) => each === line).length;
    if (times !== 1) found.push(`the line ${line}, which was shown, is there ${times} times`);
  }
  if (new Set(lines).size !== lines.length) found.push(`a command acted twice: ${lines.join(' ')}`);
  const order = lines.map((line) => ledger.typedLines.indexOf(line));
  if (order.some((place, index) => place < 0 || (index > 0 && place <= (order[index - 1] ?? -1))))
    found.push(`commands acted out of order: ${lines.join(' ')}`);
  return found;
}

/** After a load: what was sent and is not there will never be; what is there is from now on promised. */
export function settle(
  ledger: Ledger,
  files: readonly { readonly path: string; readonly text: string }[],
): void {
  for (const [path, file] of ledger.files) {
    file.acknowledged = files.find((each) => each.path === path)?.text;
    file.sent.length = 0;
  }
  for (const line of linesOf(files.find(({ path }) => path === LOG_FILE)?.text ?? ''))
    ledger.shownLines.add(line);
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
