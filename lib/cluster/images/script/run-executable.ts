import type { ExecutableInput, Json } from '../../../api';
import type { LiveThread } from './live-thread';
import type { ScriptHost } from './script-host';
import { takeLine } from './standard-input';
import type { Descriptors, Wait } from './thread';

type Begun = {
  readonly name: string;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly descriptors: Descriptors;
};
type Waiting = Extract<Wait, { for: 'executable' }>;

/** Steps of one program in a row before it has to wait for its turn. */
const MAX_STEPS = 10_000;

/** Starts a program that the image brings, or lets it go on; its input is what was piped into it. */
export function stepExecutable(machine: ScriptHost, thread: LiveThread, what: Begun | Waiting): void {
  const { name, argv, environment: env, descriptors } = what;
  const executable = machine.image.executables[name];
  if (executable === undefined) return;
  const begins = !('state' in what);
  const world = {
    ...machine.world,
    argv,
    env,
    terminal: false,
    readFile: (path: string) => machine.files.read(path),
  };
  let state: Json = begins ? null : what.state;
  let input: ExecutableInput = begins
    ? { kind: 'start' }
    : what.after === 'read'
      ? next(thread, descriptors)
      : { kind: 'again' };
  for (let count = 0; count < MAX_STEPS; count += 1) {
    const step = executable.step(state, input, world);
    state = step.state;
    for (const [path, text] of Object.entries(step.files ?? {}))
      if (text === null) machine.files.remove(path);
      else machine.files.write(path, text);
    machine.signal = step.signal ?? machine.signal;
    const { out = '', err = '', afterMs = 0, next: then } = step;
    const wait = afterMs + (then.kind === 'wait' ? then.ms : 0);
    const after = then.kind === 'exit' ? then.code : then.kind === 'read' ? 'read' : 'again';
    if (wait > 0) {
      const at = machine.world.now + Math.ceil(wait);
      thread.wait = {
        for: 'executable',
        name,
        argv,
        state,
        at,
        out,
        err,
        after,
        environment: env,
        descriptors,
      };
      return;
    }
    machine.write(thread, descriptors.out, out);
    machine.write(thread, descriptors.err, err, true);
    if (then.kind === 'exit') {
      thread.status = then.code;
      machine.commandEnded(thread);
      return;
    }
    input = then.kind === 'read' ? next(thread, descriptors) : { kind: 'again' };
  }
}

function next(thread: LiveThread, descriptors: Descriptors): ExecutableInput {
  const text = takeLine(thread, descriptors);
  return text === undefined ? { kind: 'end' } : { kind: 'line', text };
}
