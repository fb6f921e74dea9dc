import type { Command } from '../seams';
import { alpha, certificate, completion, plugin, top } from '../verbs/absent-commands';
import { annotate } from '../verbs/annotate';
import { apply } from '../verbs/apply';
import { attach } from '../verbs/attach';
import { auth } from '../verbs/auth/auth';
import { autoscale } from '../verbs/autoscale';
import { config } from '../verbs/config/config';
import { cp } from '../verbs/cp';
import { create } from '../verbs/create';
import { debug } from '../verbs/debug';
import { del } from '../verbs/delete';
import { describe } from '../verbs/describe';
import { diff } from '../verbs/diff';
import { apiResources, apiVersions } from '../verbs/discovery/api-resources';
import { clusterInfo, version } from '../verbs/discovery/version';
import { edit } from '../verbs/edit';
import { events } from '../verbs/events';
import { exec } from '../verbs/exec';
import { explain } from '../verbs/explain';
import { expose } from '../verbs/expose';
import { get } from '../verbs/get';
import { kustomize } from '../verbs/kustomize';
import { label } from '../verbs/label';
import { logs } from '../verbs/logs';
import { cordon, drain, uncordon } from '../verbs/node/cordon';
import { taint } from '../verbs/node/taint';
import { patch } from '../verbs/patch';
import { portForward } from '../verbs/port-forward';
import { proxy } from '../verbs/proxy';
import { replace } from '../verbs/replace';
import { rollout } from '../verbs/rollout';
import { run } from '../verbs/run';
import { scale } from '../verbs/scale';
import { set } from '../verbs/set';
import { wait } from '../verbs/wait';

interface Group {
  readonly title: string;
  readonly commands: readonly Command<unknown>[];
}

const GROUPS: readonly Group[] = [
  { title: 'Basic Commands (Beginner)', commands: [create, expose, run, set] },
  { title: 'Basic Commands (Intermediate)', commands: [explain, get, edit, del] },
  { title: 'Deploy Commands', commands: [rollout, scale, autoscale] },
  {
    title: 'Cluster Management Commands',
    commands: [certificate, clusterInfo, top, cordon, uncordon, drain, taint],
  },
  {
    title: 'Troubleshooting and Debugging Commands',
    commands: [describe, logs, attach, exec, portForward, proxy, cp, auth, debug, events],
  },
  { title: 'Advanced Commands', commands: [diff, apply, patch, replace, wait, kustomize] },
  { title: 'Settings Commands', commands: [label, annotate, completion] },
  { title: 'Other Commands', commands: [apiResources, apiVersions, config, plugin, version] },
];

/** Every command of kubectl's first level, in the order of its help. */
export const ROOT_COMMANDS: readonly Command<unknown>[] = [
  ...GROUPS.flatMap((group) => group.commands),
  alpha as Command<unknown>,
];

/** `alpha` comes first among the other commands. */
const ALPHA = '  alpha           Commands for features in alpha\n';
const NAME_WIDTH = 13;

/** What `kubectl` alone prints. */
export function rootPage(): string {
  return `kubectl controls the Kubernetes cluster manager.

 Find more information at: https://kubernetes.io/docs/reference/kubectl/

${rootUsage()}`;
}

/** The commands and how to go on: what is left of the page where something was wrong. */
export function rootUsage(): string {
  const groups = GROUPS.map(({ title, commands }) => {
    const lines = commands.map((each) => `  ${each.name.padEnd(NAME_WIDTH)}   ${each.summary}`).join('\n');
    if (title !== 'Other Commands') return `${title}:\n${lines}`;
    return `Subcommands provided by plugins:\n\n${title}:\n${ALPHA}${lines}`;
  });
  return `${groups.join('\n\n')}

Usage:
  kubectl [flags] [options]

Use "kubectl <command> --help" for more information about a given command.
Use "kubectl options" for a list of global command-line options (applies to all commands).
`;
}
