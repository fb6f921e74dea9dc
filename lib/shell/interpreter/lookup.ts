import { commandText } from './print-command';
import { optionNames } from './set-options';
import { lineNumber, type Shell } from './shell';
import { itemValues, scalarValue, type Variable } from './variables';

/** The version that `$BASH_VERSION` and the help texts name. */
export const BASH_VERSION = '5.2.15(1)-release';

const VERSION_PARTS = ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'];

function optionLetters(shell: Shell): string {
  const { options } = shell;
  return (
    (options.allexport ? 'a' : '') +
    (options.errexit ? 'e' : '') +
    (options.noglob ? 'f' : '') +
    'h' +
    (shell.interactive ? 'i' : '') +
    (options.monitor ? 'm' : '') +
    (options.nounset ? 'u' : '') +
    (options.xtrace ? 'x' : '') +
    'B' +
    (options.noclobber ? 'C' : '') +
    (options.errtrace ? 'E' : '') +
    (options.histexpand ? 'H' : '') +
    (options.functrace ? 'T' : '')
  );
}

/** Parameters that the shell makes up when asked. */
function special(shell: Shell, name: string): string | undefined {
  switch (name) {
    case '#':
      return String(shell.positional.length);
    case '?':
      return String(shell.status);
    case '$':
    case 'BASHPID':
      return String(shell.pid);
    case '!':
      return shell.lastBackground === undefined ? undefined : String(shell.lastBackground);
    case '-':
      return optionLetters(shell);
    case '_':
      return shell.lastArgument;
    case 'RANDOM':
      return String(Math.floor(shell.kernel.world.random.next() * 32768));
    case 'SECONDS':
      return String(Math.floor((shell.kernel.world.timer.now() - shell.startedAt) / 1000));
    case 'EPOCHSECONDS':
      return String(Math.floor(shell.kernel.world.timer.now() / 1000));
    case 'LINENO':
      return String(lineNumber(shell));
    case 'UID':
    case 'EUID':
      return shell.kernel.machine.user === 'root' ? '0' : '1000';
    case 'BASH_VERSION':
      return shell.flavour === 'bash' ? BASH_VERSION : undefined;
    case 'BASH_SUBSHELL':
      return String(shell.depth);
    case 'FUNCNAME':
      return shell.frames[shell.frames.length - 1]?.name;
    case 'BASH_LINENO':
      return shell.frames.length === 0 ? undefined : String(shell.frames.at(-1)?.line ?? 0);
    case 'BASH_COMMAND':
      return shell.command === undefined ? '' : commandText(shell.command.node, shell.command.source);
    case 'BASH_SOURCE':
      return shell.interactive ? undefined : shell.name;
    case 'HOSTTYPE':
      return 'x86_64';
    case 'OSTYPE':
      return 'linux-gnu';
    case 'MACHTYPE':
      return 'x86_64-pc-linux-gnu';
    case 'SHELLOPTS':
      return optionNames(shell.options, shell.interactive).join(':');
    case 'EPOCHREALTIME':
      return (shell.kernel.world.timer.now() / 1000).toFixed(6);
    case 'PPID':
      return '1';
    default:
      return undefined;
  }
}

/** How many name references may follow one another. */
const MAX_REFERENCES = 8;

/** The variable (and element) that a name stands for: itself, or what a name reference leads to. */
export function referredName(
  shell: Shell,
  name: string,
): { readonly name: string; readonly index?: string | undefined } {
  let at = name;
  for (let hops = 0; hops < MAX_REFERENCES; hops += 1) {
    const variable = shell.variables.get(at);
    if (variable?.reference !== true || !variable.value) return { name: at };
    const match = /^([A-Za-z_]\w*)(?:\[(.*)\])?$/.exec(variable.value);
    if (match === null) return { name: at };
    at = match[1] ?? at;
    if (match[2] !== undefined) return { name: at, index: match[2] };
  }
  return { name: at };
}

/** `$name` as text; undefined when unset. `@` and `*` are lists and not asked for here. */
export function getParameter(shell: Shell, name: string): string | undefined {
  if (/^\d+$/.test(name)) return name === '0' ? shell.name : shell.positional[Number(name) - 1];
  const target = referredName(shell, name);
  const variable = shell.variables.get(target.name);
  if (variable !== undefined && target.index !== undefined)
    return variable.kind === 'scalar' ? variable.value : variable.items.get(target.index);
  if (variable !== undefined) return scalarValue(variable);
  if (name === 'BASH_VERSINFO') return VERSION_PARTS[0];
  if (name === 'PIPESTATUS') return String(shell.pipeStatus[0] ?? 0);
  return special(shell, name);
}

/** An array or scalar by name, made-up arrays included. */
export function getVariable(shell: Shell, name: string): Variable | undefined {
  const list =
    name === 'PIPESTATUS'
      ? shell.pipeStatus.map(String)
      : name === 'BASH_VERSINFO' && shell.flavour === 'bash'
        ? VERSION_PARTS
        : undefined;
  if (list !== undefined || name === 'FUNCNAME' || name === 'BASH_LINENO') {
    const ofFrame = ({ name: called, line }: Shell['frames'][number]) =>
      name === 'FUNCNAME' ? called : String(line);
    const names = list ?? [...shell.frames].reverse().map(ofFrame);
    const items = new Map(names.map((value, index) => [String(index), value]));
    return {
      kind: 'indexed',
      value: undefined,
      items,
      exported: false,
      readonly: false,
      integer: false,
      letters: undefined,
    };
  }
  return shell.variables.get(referredName(shell, name).name);
}

/** The environment that a child process gets. */
export function environmentOf(shell: Shell): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, variable] of shell.variables) {
    if (!variable.exported) continue;
    const [value] = itemValues(variable);
    if (value !== undefined) out[name] = value;
  }
  return out;
}
