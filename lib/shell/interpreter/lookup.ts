import { lineNumber, type Shell } from './shell';
import { itemValues, scalarValue, type Variable } from './variables';

/** The version that `$BASH_VERSION` and the help texts name. */
export const BASH_VERSION = '5.2.15(1)-release';

function optionLetters(shell: Shell): string {
  const { options } = shell;
  return (
    (options.errexit ? 'e' : '') +
    (options.noglob ? 'f' : '') +
    'h' +
    (shell.interactive ? 'i' : '') +
    (shell.interactive ? 'm' : '') +
    (options.nounset ? 'u' : '') +
    (options.xtrace ? 'x' : '') +
    'B' +
    (shell.interactive ? 'H' : '')
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
    case 'FUNCNAME':
      return shell.frames[shell.frames.length - 1]?.name;
    case 'PPID':
      return '1';
    default:
      return undefined;
  }
}

/** `$name` as text; undefined when unset. `@` and `*` are lists and not asked for here. */
export function getParameter(shell: Shell, name: string): string | undefined {
  if (/^\d+$/.test(name)) return name === '0' ? shell.name : shell.positional[Number(name) - 1];
  const variable = shell.variables.get(name);
  if (variable !== undefined) return scalarValue(variable);
  if (name === 'PIPESTATUS') return String(shell.pipeStatus[0] ?? 0);
  return special(shell, name);
}

/** An array or scalar by name, made-up arrays included. */
export function getVariable(shell: Shell, name: string): Variable | undefined {
  const list = name === 'PIPESTATUS' ? shell.pipeStatus.map(String) : undefined;
  if (list !== undefined || name === 'FUNCNAME') {
    const names = list ?? [...shell.frames].reverse().map((frame) => frame.name);
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
  return shell.variables.get(name);
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
