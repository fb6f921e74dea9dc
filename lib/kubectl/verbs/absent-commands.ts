import { list, text } from '../flags';
import {
  certificateApproveManual,
  certificateDenyManual,
  certificateManual,
  clusterInfoDumpManual,
  completionManual,
  type Manual,
  pluginListManual,
  pluginManual,
  topManual,
  topNodeManual,
  topPodManual,
} from '../manual';
import { helpPage } from '../root/help';
import type { Command, ParsedArgs } from '../seams';
import { fail, usageFailure } from '../session';
import { commandGroup } from './group';
import { unavailable } from './unavailable';

const NO_METRICS = 'Metrics API not available';
const notHere = (what: string) => `${what} is not available in this simulated cluster`;

/** `kubectl top …`: there is no metrics server, and it says what kubectl then says. */
export const top = commandGroup(
  topManual,
  'top',
  [measured(topNodeManual, 'node'), measured(topPodManual, 'pod')],
  'stderr',
);

/** `kubectl top node` and `pod`, as far as they come without metrics. */
function measured(manual: Manual, kind: string): Command<ParsedArgs> {
  return {
    ...unavailable(manual, NO_METRICS, [], (session) => session.client.version()),
    options(args) {
      if (args.positional.length > 1) return usageFailure(`top ${kind}`, `${kind} [NAME | -l label]`);
      if (args.positional.length === 1 && text(args, 'selector') !== '')
        return fail(`only one of NAME or ${kind === 'node' ? '--' : ''}selector can be provided`);
      const order = text(args, 'sort-by');
      return order === '' || order === 'cpu' || order === 'memory'
        ? args
        : fail('--sort-by accepts only cpu or memory');
    },
  };
}

const noRequests = (manual: Manual): Command<ParsedArgs> => ({
  ...unavailable(
    manual,
    'the server doesn\'t have a resource type "certificatesigningrequests"',
    [],
    (session) => session.resources(4),
  ),
  options: (args) =>
    args.positional.length === 0 && list(args, 'filename').length === 0
      ? fail('one or more CSRs must be specified as <name> or -f <filename>')
      : args,
});

/** `kubectl certificate …`: nobody signs certificates here. */
export const certificate = commandGroup(
  certificateManual,
  'certificate',
  [noRequests(certificateApproveManual), noRequests(certificateDenyManual)],
  'stdout',
  0,
);

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'];

/** `kubectl completion`: what it prints does nothing, since the shell here completes kubectl by itself. */
export const completion: Command<ParsedArgs> = {
  ...completionManual,
  options(args) {
    const [shell, ...more] = args.positional;
    if (shell === undefined) return usageFailure('completion', 'Shell not specified.');
    if (more.length > 0)
      return usageFailure('completion', 'Too many arguments. Expected only the shell type.');
    return SHELLS.includes(shell) ? args : usageFailure('completion', `Unsupported shell type "${shell}".`);
  },
  async run(_args, env) {
    await env.streams.stdout.write('# The shell of this machine completes kubectl by itself.\n');
    return 0;
  },
};

/** `kubectl plugin …`: there are none on this machine. */
export const plugin = commandGroup(
  pluginManual,
  'plugin',
  [unavailable(pluginListManual, 'unable to find any kubectl plugins in your PATH')],
  'stderr',
);

const ALPHA: Manual = {
  name: 'alpha',
  summary: 'Commands for features in alpha',
  long: 'These commands correspond to alpha features that are not enabled in Kubernetes clusters by default.',
  usage: '',
  examples: '',
  flags: [],
};

const KUBERC: Manual = {
  ...ALPHA,
  name: 'kuberc',
  summary: 'Manage kuberc configuration files',
};

/** `kubectl alpha`: what it lists is not here. */
export const alpha: Command<ParsedArgs> = {
  ...ALPHA,
  subcommands: [unavailable(KUBERC, notHere('alpha kuberc'))],
  options: (args) => args,
  async run(_args, env) {
    // Without a usage of its own, it has no such part.
    await env.streams.stdout.write(
      helpPage(alpha, 'alpha')
        .replace(/Usage:\n.*\n\n/, '')
        .replace(/Use "kubectl options".*\n/, ''),
    );
    return 0;
  },
};

/** `kubectl cluster-info dump`. */
export const clusterInfoDump = unavailable(
  clusterInfoDumpManual,
  notHere('cluster-info dump'),
  [],
  (session) => session.client.version(),
);
