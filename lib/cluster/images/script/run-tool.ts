import { ToolError } from '../../../base';
import { executableName } from '../program';
import { describeCommand } from './describe-command';
import { fileTools } from './file-tools';
import { httpTools } from './http-tools';
import type { LiveThread } from './live-thread';
import { networkTools } from './network-tools';
import type { ScriptHost } from './script-host';
import { systemTools } from './system-tools';
import { textTools } from './text-tools';
import type { Ran, ScriptTool, ToolIo } from './tool';

type Environment = Readonly<Record<string, string>>;

const TOOLS: Readonly<Record<string, ScriptTool>> = {
  ...textTools,
  ...fileTools,
  ...systemTools,
  ...networkTools,
  ...httpTools,
};
const SHELLS: readonly string[] = ['sh', 'bash', 'ash', 'dash'];

/** Whether a program is a shell. */
export const isShell = (name: string): boolean => SHELLS.includes(name);

/** Whether a program is one of the tools that containers' scripts call. */
export const isTool = (name: string): boolean => TOOLS[name] !== undefined;

/** Runs a tool on a text at once. */
export function runTool(
  machine: ScriptHost,
  thread: LiveThread,
  argv: readonly string[],
  stdin: () => string | undefined,
  environment: Environment,
): Ran {
  const name = executableName(argv);
  const tool = TOOLS[name];
  if (name === 'command' || name === 'true' || name === 'false' || name === ':') {
    const status =
      name === 'false'
        ? 1
        : name === 'command' && describeCommand(machine, thread, argv.at(-1) ?? '') === undefined
          ? 127
          : 0;
    return { status, out: '', err: '' };
  }
  if (SHELLS.includes(name) && argv[1] === '-c') return nested(machine, thread, argv, environment);
  if (tool === undefined || !machine.image.tools.includes(name))
    return { status: 127, out: '', err: `${argv[0]}: not found\n` };
  // What a tool does not read is left for the next one.
  let taken: { readonly text: string | undefined } | undefined;
  const io: ToolIo = {
    name,
    args: argv.slice(1),
    get stdin() {
      taken ??= { text: stdin() };
      return taken.text;
    },
    cwd: thread.cwd,
    env: environment,
    world: machine.world,
    files: machine.files,
    busybox: machine.image.tools.includes('ash'),
    run: (words, text) => runTool(machine, thread, words, () => text, environment),
  };
  try {
    return tool(io);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { status: error.status, out: '', err: `${name}: ${error.message}\n` };
  }
}

/** A shell for a tool (`xargs sh -c`): its one simple command. */
function nested(
  machine: ScriptHost,
  thread: LiveThread,
  argv: readonly string[],
  environment: Environment,
): Ran {
  const words = (argv[2] ?? '')
    .trim()
    .split(/\s+/)
    .map((word) =>
      word
        .replace(/^(["'])(.*)\1$/, '$2')
        .replace(/\$(\d)/g, (_, index: string) => argv[3 + Number(index)] ?? ''),
    );
  return runTool(machine, thread, words, () => undefined, environment);
}
