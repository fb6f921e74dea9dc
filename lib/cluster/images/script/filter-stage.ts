import { appending, wordsOf } from './command-words';
import type { LiveThread } from './live-thread';
import { redirected } from './redirects';
import { runTool } from './run-tool';
import { scopeOf } from './scope';
import type { ScriptHost } from './script-host';
import type { Frame } from './thread';

/** Gives a piece of a stage's text to the next stage, where that is one command that `takes` it; false when it is not. */
export function filterStage(
  machine: ScriptHost,
  thread: LiveThread,
  frame: Extract<Frame, { kind: 'apart' }>,
  text: string,
  takes: (argv: readonly string[]) => boolean,
): boolean {
  const { steps } = machine.compiled(frame.program);
  const [enter, step, leave] = steps.slice(frame.end + 1, frame.end + 4);
  if (enter?.op !== 'enter' || step?.op !== 'run' || leave?.op !== 'leave' || enter.writes === true)
    return false;
  const scope = scopeOf(machine, thread);
  const argv = wordsOf(step.command, scope);
  if (!takes(argv)) return false;
  const before = thread.descriptors;
  thread.descriptors = frame.descriptors;
  const flushed = `flushed ${frame.slot}`;
  const more =
    thread.slots[flushed] !== undefined && argv[0] === 'tee' ? ['tee', '-a', ...argv.slice(1)] : argv;
  const append = thread.slots[flushed] !== undefined;
  const redirects = append ? step.command.redirects.map(appending) : step.command.redirects;
  const descriptors = redirected(thread, scope, machine.files, redirects);
  const ran = runTool(machine, thread, more, () => text, thread.environment);
  machine.write(thread, descriptors.err, ran.err, true);
  machine.write(thread, descriptors.out, ran.out);
  thread.descriptors = before;
  thread.slots[flushed] = '1';
  return true;
}
