import type { Shell } from '../interpreter/shell';
import { baseName } from '../process';

const GREEN = '\x1b[32m';
const BLUE = '\x1b[34m';
const PLAIN = '\x1b[0m';

function shortPath(shell: Shell): string {
  const home = shell.variables.get('HOME')?.value ?? shell.kernel.machine.home;
  if (shell.cwd === home) return '~';
  return shell.cwd.startsWith(`${home}/`) && home !== '/' ? `~${shell.cwd.slice(home.length)}` : shell.cwd;
}

/** Expands the backslash sequences of PS1. */
function expandPrompt(shell: Shell, text: string): string {
  const { machine } = shell.kernel;
  const root = machine.user === 'root';
  return text.replace(/\\(\[|\]|[uhHwWnrea$sv\\!#]|\d{3})/g, (_, code: string) => {
    switch (code) {
      case 'u':
        return machine.user;
      case 'h':
      case 'H':
        return code === 'h' ? (machine.hostname.split('.')[0] ?? '') : machine.hostname;
      case 'w':
        return shortPath(shell);
      case 'W':
        return shortPath(shell) === '~' ? '~' : baseName(shell.cwd);
      case '$':
        return root ? '#' : '$';
      case 'n':
        return '\n';
      case 'e':
        return '\x1b';
      case 's':
        return shell.flavour;
      case '\\':
        return '\\';
      default:
        return /^\d{3}$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : '';
    }
  });
}

/** The prompt for a new command. */
export function commandPrompt(shell: Shell): string {
  const own = shell.variables.get('PS1')?.value;
  if (own !== undefined) return expandPrompt(shell, own);
  if (shell.flavour === 'sh') return shell.kernel.machine.user === 'root' ? '# ' : '$ ';
  if (shell.flavour === 'ash') return expandPrompt(shell, '\\w \\$ ');
  if (shell.kernel.machine.kind === 'admin') {
    return expandPrompt(shell, `${GREEN}\\u@\\h${PLAIN}:${BLUE}\\w${PLAIN}\\$ `);
  }
  return expandPrompt(shell, '\\u@\\h:\\w\\$ ');
}

/** The prompt for the rest of an unfinished command. */
export function continuationPrompt(shell: Shell): string {
  return shell.variables.get('PS2')?.value ?? '> ';
}
