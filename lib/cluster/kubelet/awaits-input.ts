import type { Container } from '../../api';

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh']);

/** Whether a container's process does nothing until somebody writes to it: a shell or a cat whose standard input is kept open. */
export function awaitsInput(container: Pick<Container, 'stdin'>, argv: readonly string[]): boolean {
  if (container.stdin !== true) return false;
  const [path = '', ...args] = argv;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'cat') return args.length === 0;
  return SHELLS.has(name) && args.every((arg) => /^-[a-z]*$/.test(arg) && !arg.includes('c'));
}

/** What such a process is to whoever does not write to it: it waits, and hears no signal. */
export const WAITING: readonly string[] = ['sleep', 'infinity'];
