import { expect, test } from 'vitest';
import { entryText, plainText, readLog } from './terminal-log';

const begins = (command: string) => `\u001b]133;C;cmdline_url=${encodeURIComponent(command)}\u0007`;
const ends = (status: number) => `\u001b]133;D;${status}\u0007`;
const prompt = '\u001b[?2004h\r\u001b[J\u001b[32mlearner@admin\u001b[0m:\u001b[34m~\u001b[0m$ ';

test('each command has its output and its status', () => {
  const sent = `${prompt}ls\r\n${begins('ls')}a.txt  b.txt\r\n${ends(0)}${prompt}cat x\r\n${begins('cat x')}cat: x: No such file or directory\r\n${ends(1)}${prompt}`;
  expect(readLog(sent)).toEqual([
    { command: 'ls', output: 'a.txt  b.txt', status: 0 },
    { command: 'cat x', output: 'cat: x: No such file or directory', status: 1 },
  ]);
});

test('a command that runs has no status yet; one whose end was not kept has none either', () => {
  const sent = `${begins('sleep 9; echo "a;b"\necho c')}one\r\n${begins('kubectl get pods -w')}NAME\r\n`;
  expect(readLog(sent)).toEqual([
    { command: 'sleep 9; echo "a;b"\necho c', output: 'one', status: undefined },
    { command: 'kubectl get pods -w', output: 'NAME', status: undefined },
  ]);
});

test('a session that nobody typed into has no entries', () => {
  expect(readLog(prompt)).toEqual([]);
});

test.each([
  ['colours', '\u001b[1;32mgreen\u001b[0m', 'green'],
  ['a line written over', ' 0%\r50%\r100%\r\ndone\r\n', '100%\ndone'],
  ['a window title', '\u001b]0;title\u0007text', 'text'],
  ['a bell', 'a\u0007b', 'ab'],
])('plain text leaves out %s', (_title, sent, text) => {
  expect(plainText(sent)).toBe(text);
});

test('is copied as one would type it', () => {
  expect(entryText({ command: 'pwd', output: '/home/learner', status: 0 })).toBe('$ pwd\n/home/learner\n');
});
