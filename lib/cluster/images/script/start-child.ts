import type { LiveThread } from './live-thread';
import { absolute } from './script-files';
import type { ScriptHost } from './script-host';
import { takeText } from './standard-input';
import type { Descriptors } from './thread';

type Environment = Readonly<Record<string, string>>;

/** Starts a shell: of `-c` text, of a script's file, or of what stands on its input. */
export function startShell(
  machine: ScriptHost,
  thread: LiveThread,
  argv: readonly string[],
  descriptors: Descriptors,
  environment: Environment,
): void {
  const words = argv.slice(1);
  let options = '';
  let command: string | undefined;
  while (words[0]?.startsWith('-') === true && words[0] !== '--') {
    const word = words.shift() ?? '';
    if (word.startsWith('--')) continue;
    options += word.slice(1).replace(/[^eux]/g, '');
    if (word.includes('o')) words.shift();
    if (word.includes('c')) command = words.shift() ?? '';
  }
  const path = command === undefined ? words.shift() : undefined;
  const text =
    command ??
    (path === undefined
      ? (takeText(thread, descriptors) ?? '')
      : machine.files.read(absolute(thread.cwd, path)));
  if (text === undefined) {
    machine.complain(thread, `can't open '${path}': No such file or directory`);
    thread.status = 127;
    machine.commandEnded(thread);
    return;
  }
  const positional = command === undefined ? words : words.slice(1);
  startChild(machine, thread, text, positional, descriptors, environment);
  thread.options = options;
}

/** Starts a script's text with an environment of its own. */
export function startChild(
  machine: ScriptHost,
  thread: LiveThread,
  source: string,
  positional: readonly string[],
  descriptors: Descriptors,
  environment: Environment,
): void {
  const { program, pc, tested } = thread;
  const kept = thread.own;
  thread.push({
    kind: 'call',
    program,
    pc,
    positional: thread.positional,
    locals: {},
    descriptors: thread.descriptors,
    tested,
    kept,
  });
  thread.variables = { ...environment };
  thread.exported = Object.keys(environment);
  thread.positional = positional;
  thread.options = '';
  thread.tested = 0;
  thread.descriptors = descriptors;
  thread.program = machine.program(source);
  thread.pc = 0;
}
