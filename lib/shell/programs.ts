import type { RawProgram } from './process';
import type { Machine } from './seams';
import { shellProgram } from './shell-program';
import { ssh } from './ssh';
import { interactiveShell } from './terminal/interactive';
import { PROGRAMS } from './tools';

/** What /bin/sh is on a machine whose login shell is `shell`: Debian's is dash. */
function posixShell(shell: Machine['shell']): Machine['shell'] {
  return shell === 'bash' ? 'sh' : shell;
}

/** Every program that works on its descriptors itself: kubectl, the shells, and ssh, which starts one elsewhere. */
export const ALL_PROGRAMS: ReadonlyMap<string, RawProgram> = new Map([
  ...PROGRAMS,
  ['bash', shellProgram(() => 'bash', interactiveShell)],
  ['sh', shellProgram((start) => posixShell(start.kernel.machine.shell), interactiveShell)],
  ['dash', shellProgram(() => 'sh', interactiveShell)],
  ['ash', shellProgram(() => 'ash', interactiveShell)],
  ['ssh', ssh],
]);
