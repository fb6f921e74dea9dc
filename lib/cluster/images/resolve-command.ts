import type { Image } from '../seams';
import { ANY_PROGRAM, executableName } from './program';

/** What the runtime makes of a container's command: what to run, or why it cannot be started. */
export type ResolvedCommand =
  | { readonly argv: readonly string[] }
  | {
      /** Reason, exit code and message of the container's terminated state; the message is also the event's. */
      readonly reason: 'StartError';
      readonly exitCode: 128 | 127;
      readonly message: string;
    };

/** Applies command over ENTRYPOINT and args over CMD, then looks the executable up as runc does. */
export function resolveCommand(
  image: Image,
  container: {
    readonly command?: readonly string[] | undefined;
    readonly args?: readonly string[] | undefined;
  },
  readFile: (path: string) => string | undefined = () => undefined,
): ResolvedCommand {
  const command = container.command ?? [];
  const args = container.args ?? [];
  const rest = args.length > 0 ? args : command.length > 0 ? [] : (image.cmd ?? []);
  const argv = [...(command.length > 0 ? command : image.entrypoint), ...rest];
  const program = argv[0];
  if (program === undefined) return startError('no command specified');
  if (isPresent(image, argv) || (program.includes('/') && readFile(program) !== undefined)) return { argv };
  const why = program.includes('/')
    ? `exec: "${program}": stat ${program}: no such file or directory`
    : `exec: "${program}": executable file not found in $PATH`;
  return startError(why);
}

function isPresent(image: Image, argv: readonly string[]): boolean {
  const name = executableName(argv);
  const own = [executableName(image.entrypoint), executableName(image.cmd ?? []), ...(image.programs ?? [])];
  if (own.includes(name) || own.includes(ANY_PROGRAM)) return true;
  if (image.executables?.[name] !== undefined) return true;
  return image.tools.includes(name) || image.files?.[argv[0] ?? ''] !== undefined;
}

function startError(why: string): ResolvedCommand {
  return {
    reason: 'StartError',
    exitCode: 128,
    message: `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${why}: unknown`,
  };
}
