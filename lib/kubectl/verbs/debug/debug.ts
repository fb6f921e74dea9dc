import type { Pod, Stored } from '../../../api';
import { bool, list, text } from '../../flags';
import { debugManual } from '../../manual';
import { findTargets, loadTargets } from '../../resources';
import type { Command, ParsedArgs, UsageError } from '../../seams';
import { ExitError, fail, openSession, type Session, throwAll } from '../../session';
import { awaitObject, INTERRUPTED, withDeadline } from '../../waiting';
import { attachTo } from '../attach-to';
import { POD_IMAGE } from '../pod-image';
import { debuggedCopy, debuggerContainer, debuggerName, nodeDebugger } from './pods';
import { customProblem, profileProblem } from './profiles';

const PODS = { group: '', version: 'v1', resource: 'pods' };
const PULL_POLICIES = ['', 'Always', 'IfNotPresent', 'Never'];
const FOREVER_MS = 2 ** 31;

/** `kubectl debug`: a container beside those of a Pod, a copy of a Pod, or a Pod on a node. */
export const debug: Command<ParsedArgs> = {
  ...debugManual,
  options: (args) => problemOf(args) ?? args,
  async run(args, env) {
    const session = openSession(args, env);
    const target = text(args, 'target');
    if (target !== '' && !bool(args, 'quiet'))
      await session.out(
        `Targeting container "${target}". If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
      );
    if (profileOf(args) === 'legacy')
      await session.err(
        'Legacy profile is planned to be deprecated in the near future. It is recommended to specify other profiles such as "--profile=general".\n',
      );
    const words = args.positional;
    const targets = await findTargets(session, { words, defaultType: 'pods', labelSelector: '' });
    const loaded = await loadTargets(session, targets, { latest: true });
    throwAll(loaded.errors);
    let status = 0;
    for (const { object, resource } of loaded.infos) {
      const made =
        object.kind === 'Node'
          ? await onNode(session, object.metadata.name ?? '')
          : object.kind === 'Pod'
            ? await inPod(session, object as Stored<Pod>)
            : undefined;
      if (!made) {
        const { group, version, kind } = resource;
        throw fail(`"${group}/${version}, Kind=${kind}" not supported by debug`);
      }
      if (attaches(args) && made.container !== '')
        status = await attachDebugger(session, made.pod, made.container);
    }
    return status;
  },
};

const profileOf = (args: ParsedArgs): string => text(args, 'profile', 'legacy');
const attaches = (args: ParsedArgs): boolean =>
  args.given.has('attach') ? bool(args, 'attach') : bool(args, 'stdin');

/** DebugOptions.Validate. */
function problemOf(args: ParsedArgs): UsageError | undefined {
  const image = text(args, 'image');
  const images = list(args, 'set-image').flatMap((each) => each.split(','));
  const copy = text(args, 'copy-to') !== '';
  const words = args.afterDash ?? [];
  const container = text(args, 'container');
  const odd = images.map((each) => each.split('=')).find(([, value = '']) => !POD_IMAGE.test(value));
  const [problem] = [
    profileProblem(profileOf(args)),
    bool(args, 'attach') && image === '' && container === ''
      ? 'you must specify --container or create a new container using --image in order to attach.'
      : undefined,
    ...(copy
      ? [
          image === '' && images.length === 0 && words.length === 0
            ? 'you must specify --image, --set-image or command arguments.'
            : undefined,
          words.length > 0 && container === '' && image === ''
            ? 'you must specify an existing container or a new image when specifying args.'
            : undefined,
        ]
      : [
          bool(args, 'replace') ? '--replace may only be used with --copy-to.' : undefined,
          bool(args, 'same-node') ? '--same-node may only be used with --copy-to.' : undefined,
          images.length > 0 ? '--set-image may only be used with --copy-to.' : undefined,
          image === '' ? 'you must specify --image when not using --copy-to.' : undefined,
        ]),
    image !== '' && !POD_IMAGE.test(image)
      ? `invalid image name ${JSON.stringify(image)}: invalid reference format`
      : undefined,
    args.positional.length === 0 && list(args, 'filename').length === 0
      ? 'NAME or filename is required for debug'
      : undefined,
    PULL_POLICIES.includes(text(args, 'image-pull-policy'))
      ? undefined
      : `invalid image pull policy: ${text(args, 'image-pull-policy')}`,
    odd === undefined
      ? undefined
      : `invalid image name ${JSON.stringify(odd[1] ?? '')} for container ${JSON.stringify(odd[0])}: invalid reference format`,
    copy && text(args, 'target') !== ''
      ? '--target is incompatible with --copy-to. Use --share-processes instead.'
      : undefined,
    bool(args, 'tty') && !bool(args, 'stdin')
      ? '-i/--stdin is required for containers with -t/--tty=true'
      : undefined,
  ].filter((each) => each !== undefined);
  return problem === undefined ? customProblem(text(args, 'custom')) : fail(problem);
}

/** The Pod to attach to, and its debugging container ('' for none). */
interface Made {
  readonly pod: Pod;
  readonly container: string;
}

async function onNode(session: Session, node: string): Promise<Made> {
  const pod = nodeDebugger(session, profileOf(session.args), node);
  const container = String(pod.spec.containers[0]?.name);
  if (!bool(session.args, 'quiet'))
    await session.out(
      `Creating debugging pod ${pod.metadata.name} with container ${container} on node ${node}.\n`,
    );
  const answer = await session.client.create(PODS, session.namespace, pod, { fieldManager: 'kubectl-debug' });
  return { pod: (await session.heed(answer)) as Pod, container };
}

async function inPod(session: Session, pod: Stored<Pod>): Promise<Made> {
  const { args } = session;
  if (text(args, 'copy-to') !== '') return intoCopy(session, pod);
  const name = await debuggerName(session, pod);
  const target = text(args, 'target');
  const container = {
    ...debuggerContainer(args, profileOf(args), 'ephemeral', name),
    ...(target === '' ? {} : { targetContainerName: target }),
  };
  const { namespace = '' } = pod.metadata;
  const others = (pod.spec as { readonly ephemeralContainers?: readonly { readonly name: string }[] })
    .ephemeralContainers;
  const order = [...(others ?? []).map((each) => ({ name: each.name })), { name }];
  const patch = {
    spec: { '$setElementOrder/ephemeralContainers': order, ephemeralContainers: [container] },
  };
  const answer = await session.client.patch(PODS, namespace, pod.metadata.name, 'strategic', patch, {
    subresource: 'ephemeralcontainers',
    fieldManager: 'kubectl-debug',
  });
  return { pod: (await session.heed(answer)) as Pod, container: name };
}

async function intoCopy(session: Session, pod: Stored<Pod>): Promise<Made> {
  const { namespace = '', name } = pod.metadata;
  const copy = await debuggedCopy(session, profileOf(session.args), pod);
  const answer = await session.client.create(PODS, namespace, copy.pod, { fieldManager: 'kubectl-debug' });
  const created = (await session.heed(answer)) as Pod;
  if (bool(session.args, 'replace'))
    await session.client.delete(PODS, namespace, name, { gracePeriodSeconds: 0 });
  return { pod: created, container: copy.container };
}

/** Waits until the debugging container runs, or has run, and is then on its terminal, or shows its log. */
async function attachDebugger(session: Session, pod: Pod, container: string): Promise<number> {
  const { namespace = '', name = '' } = pod.metadata;
  let last: Pod | undefined;
  let told = '';
  const ending = await withDeadline(session, FOREVER_MS, (cancel) =>
    awaitObject(session, { resource: POD, namespace, name }, cancel, (object) => {
      last = object as Pod | undefined;
      const state = last && stateOf(last, container);
      told = state?.waiting?.message ?? told;
      return last === undefined || state?.running !== undefined || state?.terminated !== undefined;
    }),
  );
  if (ending === 'interrupted') {
    if (told !== '' && !bool(session.args, 'quiet'))
      await session.err(`Warning: container ${container}: ${told}\n`);
    throw new ExitError(INTERRUPTED);
  }
  if (!last) throw new ExitError(1, 'Error from server (NotFound): pods "" not found');
  return attachTo(session, last, container, stateOf(last, container)?.terminated !== undefined);
}

const POD = {
  ...PODS,
  kind: 'Pod',
  singular: 'pod',
  shortNames: [],
  categories: [],
  namespaced: true,
  verbs: [],
  subresources: [],
};

interface State {
  readonly waiting?: { readonly message?: string };
  readonly running?: object;
  readonly terminated?: object;
}

function stateOf(pod: Pod, container: string): State | undefined {
  const { initContainerStatuses, containerStatuses, ephemeralContainerStatuses } = (pod.status ??
    {}) as Readonly<Record<string, readonly { readonly name: string; readonly state?: State }[] | undefined>>;
  return [
    ...(initContainerStatuses ?? []),
    ...(containerStatuses ?? []),
    ...(ephemeralContainerStatuses ?? []),
  ].find((each) => each.name === container)?.state;
}
