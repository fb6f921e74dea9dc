import { expect, test } from 'vitest';
import { withoutPrompt } from './scrollback';

const PROMPT = '\x1b[?2004h\r\x1b[Jlearner@admin:~$ ';
const ENDED = '\x1b]133;D;0\x07';

test.each([
  ['nothing but a prompt', PROMPT, ''],
  ['a command and its prompt', `one\r\n${ENDED}${PROMPT}`, `one\r\n${ENDED}`],
  [
    'a row that a program left open',
    `one${ENDED}${PROMPT.replace('learner', 'onelearner')}`,
    `one${ENDED}\r\n`,
  ],
  ['a line that is being typed', `one\r\n${PROMPT}kubectl get`, 'one\r\n'],
  ['Ctrl-L at the prompt', `one\r\n${PROMPT}\x1b[H\x1b[2J\r\x1b[Jlearner@admin:~$ `, 'one\r\n\x1b[H\x1b[2J'],
  ['no prompt at all', `one\r\n${ENDED}`, `one\r\n${ENDED}`],
])('[W17] of what a terminal has shown its last prompt is not kept: %s', (_what, shown, kept) => {
  expect(withoutPrompt(shown)).toBe(kept);
});
