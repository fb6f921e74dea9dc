import { type Io, say } from '../process';
import { lineNumber, type Shell } from './shell';

/** What the shell puts before its own messages. */
export function messagePrefix(shell: Shell): string {
  if (shell.flavour === 'sh') return `${shell.name}: ${lineNumber(shell)}: `;
  if (shell.flavour === 'ash')
    return shell.interactive ? `${shell.name}: ` : `${shell.name}: line ${lineNumber(shell)}: `;
  return shell.interactive ? `${shell.name}: ` : `${shell.name}: line ${lineNumber(shell)}: `;
}

/** Prints a message of the shell itself. */
export async function complain(shell: Shell, io: Io, message: string): Promise<void> {
  await say(io, `${messagePrefix(shell)}${message}\n`);
}

/** "command not found" as this flavour of shell says it. */
export function notFoundText(shell: Shell, name: string): string {
  return shell.flavour === 'bash' ? `${name}: command not found` : `${name}: not found`;
}
