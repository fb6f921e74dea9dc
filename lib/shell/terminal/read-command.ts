import { HistoryExpander } from '../interpreter/expand-history';
import { parseScript } from '../interpreter/parse-script';
import type { Shell } from '../interpreter/shell';
import { complete } from './completion';
import { commandPrompt, continuationPrompt } from './prompt';
import type { Terminal } from './terminal';

/** A command as it was read: what to run, and what history keeps of it. */
export type ReadCommand =
  | { readonly kind: 'command'; readonly text: string; readonly entry: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'end' };

const NOTHING: ReadCommand = { kind: 'nothing' };

/** Whether a text that is not complete waits for the rest of a quote or a here-document, whose lines are kept as they are. */
function opened(text: string): 'quote' | 'document' | undefined {
  const parsed = parseScript(text);
  if (parsed.kind !== 'incomplete') return undefined;
  if (/matching `["'`]'/.test(parsed.message)) return 'quote';
  const names = [...text.matchAll(/(?<!<)<<-?\s*(['"]?)([^\s'"<;&|()]+)\1/g)];
  return names.some(([, , name = '']) => !text.split('\n').some((line) => line.trim() === name))
    ? 'document'
    : undefined;
}

/** What bash puts between two lines of a command in its history (`history_delimiting_chars`). */
function joint(text: string): string {
  if (opened(text) !== undefined) return '\n';
  return /(?:[{(;&|)]|(?:^|\s)(?:case|do|else|if|then|until|while|in))\s*$/.test(text) ? ' ' : '; ';
}

/** Reads one command, over several lines where it needs them, with references to the history expanded in each. */
export async function readCommand(shell: Shell, terminal: Terminal): Promise<ReadCommand> {
  const expander = new HistoryExpander(shell.history, shell.options.extglob);
  let text = '';
  let entry = '';
  let shownOnly = false;
  for (;;) {
    const answer = await terminal.ask({
      prompt: text === '' ? commandPrompt(shell) : continuationPrompt(shell),
      history: shell.history,
      complete: (before) => complete(shell, before),
    });
    if (answer.kind === 'signal') {
      shell.status = 130;
      return NOTHING;
    }
    if (answer.kind === 'eof') {
      if (text === '') return { kind: 'end' };
      terminal.print(`${shell.name}: syntax error: unexpected end of file\n`);
      shell.status = 2;
      return NOTHING;
    }
    if (answer.kind !== 'line') continue;
    let line = answer.text;
    if (shell.flavour === 'bash' && shell.options.histexpand && opened(text) !== 'document') {
      const expansion = expander.expand(line);
      if (expansion.kind === 'failed') {
        terminal.print(`${shell.name}: ${expansion.message}\n`);
        return NOTHING;
      }
      shownOnly ||= expansion.shownOnly;
      if (expansion.text !== line || expansion.shownOnly) terminal.print(`${expansion.text}\n`);
      line = expansion.text;
    }
    const continued = /(?:^|[^\\])(?:\\\\)*\\\n$/.test(text) && opened(text) !== 'document';
    entry = text === '' ? line : continued ? entry.slice(0, -1) + line : entry + joint(text) + line;
    text += `${line}\n`;
    if (text.trim() === '') return NOTHING;
    if (shownOnly) {
      remember(shell, entry);
      return NOTHING;
    }
    if (parseScript(text).kind !== 'incomplete') return { kind: 'command', text, entry };
  }
}

/** Commands that a session's history remembers. */
const MAX_HISTORY = 500;

/** Keeps a command in the history, as far as HISTCONTROL lets it. */
export function remember(shell: Shell, entry: string): void {
  const { history } = shell;
  const wishes = (shell.variables.get('HISTCONTROL')?.value ?? '').split(':');
  const has = (wish: string) =>
    wishes.includes(wish) || (wish !== 'erasedups' && wishes.includes('ignoreboth'));
  if (entry.trim() === '' || (has('ignorespace') && /^\s/.test(entry))) return;
  if (has('ignoredups') && entry === history[history.length - 1]) return;
  if (has('erasedups')) {
    const kept = history.filter((each) => each !== entry);
    history.splice(0, history.length, ...kept);
  }
  history.push(entry);
  if (history.length > MAX_HISTORY) history.splice(0, history.length - MAX_HISTORY);
}
