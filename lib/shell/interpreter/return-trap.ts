import type { Io } from '../process';
import { ReturnControl } from './control';
import type { Engine, Shell } from './shell';

/** The status of a body that may end by `return`. */
export async function untilReturn(body: Promise<number>): Promise<number> {
  try {
    return await body;
  } catch (error) {
    if (error instanceof ReturnControl) return error.status;
    throw error;
  }
}

/** The RETURN trap, when a function or a sourced file is done; it changes no status. */
export async function runReturnTrap(engine: Engine, shell: Shell, io: Io): Promise<void> {
  const action = shell.traps.get('RETURN');
  if (!action) return;
  const { status } = shell;
  await engine.runText(shell, io, action);
  shell.status = status;
}
