import { parseTime } from '../../../base';
import type { ContainerStatus, Pod } from '../../types';
import { since } from '../columns';

/** What `kubectl get pods` says of a Pod in one line. */
export interface PodSummary {
  readonly ready: number;
  readonly total: number;
  readonly reason: string;
  readonly restarts: number;
  readonly lastRestart: string | undefined;
}

/** printPod's reading of phase, conditions and container states. */
export function summarizePod(pod: Pod): PodSummary {
  const sidecars = new Set(
    (pod.spec?.initContainers ?? [])
      .filter((each) => each.restartPolicy === 'Always')
      .map(({ name }) => name),
  );
  const total = (pod.spec?.containers ?? []).length + sidecars.size;
  const init = readInitContainers(pod, sidecars);
  const initialized = hasCondition(pod, 'Initialized');
  const tallies = init.reason === undefined || initialized ? readContainers(pod, init, sidecars) : init;
  const reason = deletionReason(pod) ?? tallies.reason ?? init.reason ?? phaseReason(pod);
  return { ...tallies, total, reason };
}

interface Tally {
  readonly ready: number;
  readonly restarts: number;
  readonly lastRestart: string | undefined;
  readonly reason: string | undefined;
}

/** `Reason` of the Pod's status, unless a scheduling gate holds it. */
function phaseReason(pod: Pod): string {
  const gated = (pod.status?.conditions ?? []).some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  return gated ? 'SchedulingGated' : pod.status?.reason || pod.status?.phase || '';
}

function deletionReason(pod: Pod): string | undefined {
  if (!pod.metadata.deletionTimestamp) return undefined;
  if (pod.status?.reason === 'NodeLost') return 'Unknown';
  const terminal = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  return terminal ? undefined : 'Terminating';
}

/** Init containers run one after the other: the first that is not done speaks for the Pod. */
function readInitContainers(pod: Pod, sidecars: ReadonlySet<string>): Tally {
  const statuses = pod.status?.initContainerStatuses ?? [];
  const seen: ContainerStatus[] = [];
  let ready = 0;
  let reason: string | undefined;
  for (const [index, status] of statuses.entries()) {
    seen.push(status);
    const { terminated, waiting } = status.state ?? {};
    if (terminated && !terminated.exitCode && !terminated.signal) continue;
    if (sidecars.has(status.name) && status.started) {
      ready += status.ready ? 1 : 0;
      continue;
    }
    if (terminated) reason = `Init:${terminated.reason || exitText(terminated)}`;
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') reason = `Init:${waiting.reason}`;
    else reason = `Init:${index}/${(pod.spec?.initContainers ?? []).length}`;
    break;
  }
  return { ready, reason, restarts: sumRestarts(seen), lastRestart: latestEnd(seen) };
}

/** The last container with something to say speaks for the Pod; restarts are those of containers that stay. */
function readContainers(pod: Pod, init: Tally, sidecars: ReadonlySet<string>): Tally {
  const statuses = pod.status?.containerStatuses ?? [];
  const staying = (pod.status?.initContainerStatuses ?? []).filter(({ name }) => sidecars.has(name));
  const counted = [...staying, ...statuses];
  const running = statuses.filter((status) => status.ready && status.state?.running && !stateReason(status));
  const spoken = statuses.map(stateReason).find((text) => text !== undefined) ?? init.reason;
  let reason = spoken;
  if ((spoken ?? phaseReason(pod)) === 'Completed' && running.length > 0) {
    reason = hasCondition(pod, 'Ready') ? 'Running' : 'NotReady';
  }
  return {
    ready: init.ready + running.length,
    reason,
    restarts: sumRestarts(counted),
    lastRestart: latestEnd(counted),
  };
}

function stateReason({ state }: ContainerStatus): string | undefined {
  if (state?.waiting?.reason) return state.waiting.reason;
  if (!state?.terminated) return undefined;
  return state.terminated.reason || exitText(state.terminated);
}

const exitText = (end: { readonly signal?: number | undefined; readonly exitCode: number }): string =>
  end.signal ? `Signal:${end.signal}` : `ExitCode:${end.exitCode}`;

const sumRestarts = (statuses: readonly ContainerStatus[]): number =>
  statuses.reduce((sum, { restartCount }) => sum + (restartCount ?? 0), 0);

function latestEnd(statuses: readonly ContainerStatus[]): string | undefined {
  const ends = statuses.flatMap(({ lastState }) => lastState?.terminated?.finishedAt ?? []);
  const time = (text: string): number => parseTime(text) ?? 0;
  return ends.reduce<string | undefined>(
    (latest, end) => (latest === undefined || time(end) > time(latest) ? end : latest),
    undefined,
  );
}

const hasCondition = (pod: Pod, wanted: string): boolean =>
  (pod.status?.conditions ?? []).some(({ type, status }) => type === wanted && status === 'True');

/** "3" or "3 (5m ago)". */
export function restartsCell({ restarts, lastRestart }: PodSummary, now: number): string {
  return restarts === 0 || lastRestart === undefined
    ? String(restarts)
    : `${restarts} (${since(lastRestart, now)} ago)`;
}
