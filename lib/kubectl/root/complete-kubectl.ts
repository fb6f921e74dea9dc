import type { CompleteKubectl } from '../seams';
import { findCommand } from './find-command';
import { ROOT_COMMANDS } from './root-commands';

/** Completes the last word; see the seam. */
export const completeKubectl: CompleteKubectl = async (argv) => {
  const last = argv.at(-1) ?? '';
  const { command, words } = findCommand(ROOT_COMMANDS, argv.slice(0, -1));
  if (!command && words.length === 0) {
    return ROOT_COMMANDS.map((each) => each.name)
      .filter((name) => name.startsWith(last))
      .sort();
  }
  return [];
};
