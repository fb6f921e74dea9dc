import { type Flags, parseFlags, type ToolContext, ToolError } from '../process';

type FlagRules = NonNullable<Parameters<typeof parseFlags>[2]>;

/** Where GNU's tools point to after a complaint of how they were called; busybox's applets, which `sh` of Alpine has, do not. */
export const helpHint = ({ name, machine }: ToolContext): string =>
  machine.shell === 'ash' ? '' : `\nTry '${name} --help' for more information.`;

/** Reads the options of a GNU tool. */
export function gnuFlags(
  context: ToolContext,
  spec: string,
  rules: FlagRules = {},
  args: readonly string[] = context.args,
): Flags {
  const hint = helpHint(context).slice(1);
  return parseFlags(args, spec, hint === '' ? rules : { hint, ...rules });
}

/** Refuses what an option does not take, and lists what it does (argmatch). */
export function refuseArgument(
  context: ToolContext,
  option: string,
  given: string | undefined,
  known: readonly string[],
): void {
  if (given === undefined || known.filter((each) => each.startsWith(given)).length > 0) return;
  const list = known.map((each) => `\n  - ‘${each}’`).join('');
  throw new ToolError(
    `invalid argument ‘${given}’ for ‘--${option}’\nValid arguments are:${list}${helpHint(context)}`,
  );
}
