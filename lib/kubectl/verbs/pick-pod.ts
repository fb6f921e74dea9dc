import type { Deployment, KubeObject, Pod } from '../../api';
import { parseTime } from '../../base';
import { selectorText } from '../describe';
import { duration } from '../flags';
import { UsageError } from '../seams';
import { fail, type Session } from '../session';

const PODS = { group: '', version: 'v1', resource: 'pods' };
/** How long one waits for a Pod when no --pod-running-timeout says so. */
const RUNNING_TIMEOUT_MS = 60_000;
const LOOK_MS = 1000;
const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** Every container of a Pod: regular ones, init ones, ephemeral ones. */
export function allContainers(pod: Pod): readonly { readonly name: string; readonly kind: string }[] {
  const named = (kind: string, list: readonly { readonly name: string }[] | undefined) =>
    (list ?? []).map(({ name }) => ({ name, kind }));
  const { ephemeralContainers } = (pod.spec ?? {}) as {
    ephemeralContainers?: readonly { readonly name: string }[];
  };
  return [
    ...named('', pod.spec?.containers),
    ...named('init', pod.spec?.initContainers),
    ...named('ephem', ephemeralContainers),
  ];
}

/** "web, sidecar, setup (init)". */
export function containerNames(pod: Pod): string {
  return allContainers(pod)
    .map(({ name, kind }) => (kind === '' ? name : `${name} (${kind})`))
    .join(', ');
}

/** The container asked for, annotated as default, or the first; the choice is told on stderr where there are several. */
export async function chooseContainer(
  session: Session,
  pod: Pod,
  asked: string,
  quiet: boolean,
): Promise<string> {
  const known = allContainers(pod);
  if (asked !== '') {
    // Whether there is such a one is the server's to say.
    return asked;
  }
  const annotated = pod.metadata.annotations?.[DEFAULT_CONTAINER];
  if (annotated) {
    if (known.some(({ name }) => name === annotated)) return annotated;
    await session.err(`Default container name "${annotated}" not found in pod ${pod.metadata.name}\n`);
  }
  const first = known[0]?.name ?? '';
  if (known.length > 1 && !quiet) {
    await session.err(`Defaulted container "${first}" out of: ${containerNames(pod)}\n`);
  }
  return first;
}

/** The Pods that a Pod, Service or workload stands for, the best for reading logs first. */
export async function podsOf(session: Session, object: KubeObject): Promise<readonly Pod[]> {
  if (object.kind === 'Pod') return [object as Pod];
  const selector = podSelector(object);
  const list = await session.client.list(PODS, object.metadata.namespace ?? '', { labelSelector: selector });
  return (list.items as unknown as Pod[]).toSorted(byLogging);
}

/** The Pod that an object stands for to whoever wants to be connected with it (AttachablePodForObjectFn). */
export async function attachablePod(session: Session, object: KubeObject): Promise<Pod | undefined> {
  const { timer, streams } = session.env;
  const until = timer.now() + duration(session.args, 'pod-running-timeout', RUNNING_TIMEOUT_MS);
  try {
    for (;;) {
      const [pod] = await podsOf(session, object);
      if (pod || streams.cancel.cancelled || timer.now() >= until) return pod;
      await timer.sleep(LOOK_MS, streams.cancel);
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const why = error.message.replace(/^cannot get the logs from \S+: /, '');
    throw fail(`cannot attach to ${goType(object)}: ${why}`);
  }
}

function podSelector(object: KubeObject): string {
  const { spec } = object as Deployment;
  if (object.kind === 'Service') {
    const selector = (object as unknown as { spec?: { selector?: Readonly<Record<string, string>> } }).spec
      ?.selector;
    if (!selector || Object.keys(selector).length === 0) {
      throw fail(`invalid service '${object.metadata.name}': Service is defined without a selector`);
    }
    return selectorText({ matchLabels: selector });
  }
  if (!spec?.selector)
    throw fail(`cannot get the logs from ${goType(object)}: selector for ${goType(object)} not implemented`);
  return selectorText(spec.selector);
}

const goType = ({ apiVersion, kind }: KubeObject): string => `*${apiVersion.split('/').at(-1)}.${kind}`;

const PHASES = ['Running', 'Unknown', 'Pending'];

/** podutils.ByLogging: assigned, running, ready, ready for longest, restarted most, oldest. */
function byLogging(a: Pod, b: Pod): number {
  const assigned = Number(!a.spec?.nodeName) - Number(!b.spec?.nodeName);
  if (assigned !== 0) return assigned;
  const phase = (pod: Pod) => {
    const index = PHASES.indexOf(pod.status?.phase ?? '');
    return index < 0 ? PHASES.length : index;
  };
  if (phase(a) !== phase(b)) return phase(a) - phase(b);
  const ready = (pod: Pod) => pod.status?.conditions?.find((each) => each.type === 'Ready');
  const isReady = (pod: Pod) => ready(pod)?.status === 'True';
  if (isReady(a) !== isReady(b)) return isReady(a) ? -1 : 1;
  const since = (pod: Pod) => parseTime(ready(pod)?.lastTransitionTime ?? '') ?? 0;
  if (isReady(a) && since(a) !== since(b)) return since(a) - since(b);
  const restarts = (pod: Pod) =>
    Math.max(0, ...(pod.status?.containerStatuses ?? []).map((each) => each.restartCount));
  if (restarts(a) !== restarts(b)) return restarts(b) - restarts(a);
  const created = (pod: Pod) => parseTime(pod.metadata.creationTimestamp ?? '') ?? 0;
  return created(a) - created(b);
}
