import type { Command } from '../seams';
import { apply } from '../verbs/apply';
import { del } from '../verbs/delete';
import { get } from '../verbs/get';
import { commandList } from './help';

interface Group {
  readonly title: string;
  readonly commands: readonly Command<unknown>[];
}

const GROUPS: readonly Group[] = [
  { title: 'Basic Commands (Intermediate)', commands: [get, del] },
  { title: 'Advanced Commands', commands: [apply] },
];

/** Every command of kubectl's first level, in the order of its help. */
export const ROOT_COMMANDS: readonly Command<unknown>[] = GROUPS.flatMap((group) => group.commands);

/** What `kubectl` alone prints. */
export function rootPage(): string {
  const groups = GROUPS.map(({ title, commands }) => `${title}:\n${commandList(commands, 13)}`).join('\n\n');
  return `kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/\n\n${groups}\n\nUsage:\n  kubectl [flags] [options]\n\nUse "kubectl <command> --help" for more information about a given command.\nUse "kubectl options" for a list of global command-line options (applies to all commands).\n`;
}
