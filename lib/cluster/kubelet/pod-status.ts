import type { Container, ContainerStatus, Pod } from '../../api';
import { formatTime, parseQuantity } from '../../base';
import { nodeAddress } from './environment';
import { isContainerReady, isStarted } from './probes';
import { isRestarted, isSidecar } from './restart';
import { type ContainerRuntime, type Ended, FRESH_CONTAINER, type PodRuntime } from './runtime';
import type { Work } from './work';

type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

const runtimeOf = (runtime: PodRuntime, container: Container): ContainerRuntime =>
  runtime.containers[container.name] ?? FRESH_CONTAINER;

/** The Pod's status as its kubelet reports it. */
export function podStatus(work: Work, runtime: PodRuntime): object {
  const { pod } = work;
  const phase = phaseOf(pod, runtime);
  const hostIP = nodeAddress(work.view, runtime.node);
  const ip = pod.spec?.hostNetwork ? hostIP : runtime.ip;
  const init = pod.spec?.initContainers ?? [];
  const main = pod.spec?.containers ?? [];
  const waiting = initDone(pod, runtime) ? undefined : 'PodInitializing';
  return {
    ...kept(pod),
    phase,
    conditions: conditionsOf(work, runtime, phase),
    ...(hostIP === undefined ? {} : { hostIP, hostIPs: [{ ip: hostIP }] }),
    ...(ip === undefined ? {} : { podIP: ip, podIPs: [{ ip }] }),
    startTime: formatTime(runtime.startedAt),
    ...(init.length === 0
      ? {}
      : {
          initContainerStatuses: init.map((each) => statusOf(work, each, runtimeOf(runtime, each), waiting)),
        }),
    containerStatuses: main.map((each) => statusOf(work, each, runtimeOf(runtime, each), waiting)),
    ...ephemeralStatuses(work, runtime),
    ...(isGivenUp(runtime) ? runtime.failed : {}),
    qosClass: pod.status?.qosClass ?? qosClass(pod),
  };
}

/** Whether its kubelet has given the Pod up, and nothing of it runs any more (mergePodStatus). */
function isGivenUp({ failed, containers }: PodRuntime): boolean {
  const up = Object.values(containers).some(
    ({ phase }) => phase === 'running' || phase === 'hook' || phase === 'stopping',
  );
  return failed !== undefined && !up;
}

/** Statuses of the containers that `kubectl debug` put in. */
function ephemeralStatuses(work: Work, runtime: PodRuntime): object {
  const containers = (work.pod.spec?.ephemeralContainers ?? []) as readonly Container[];
  if (containers.length === 0) return {};
  const statuses = containers.map((each) => statusOf(work, each, runtimeOf(runtime, each), undefined));
  return { ephemeralContainerStatuses: statuses };
}

/** What others wrote into the status stays. */
function kept(pod: Pod): object {
  const { nominatedNodeName, observedGeneration } = (pod.status ?? {}) as Readonly<Record<string, unknown>>;
  const fields = { nominatedNodeName, observedGeneration };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Whether every init container has done its part: ended well, or started, for a sidecar. */
export function initDone(pod: Pod, runtime: PodRuntime): boolean {
  return (pod.spec?.initContainers ?? []).every((each) => {
    const state = runtimeOf(runtime, each);
    return isSidecar(each) ? isStarted(state) : state.phase === 'stopped' && state.ended?.exitCode === 0;
  });
}

function phaseOf(pod: Pod, runtime: PodRuntime): Phase {
  if (isGivenUp(runtime)) return 'Failed';
  const policy = pod.spec?.restartPolicy ?? 'Always';
  const init = (pod.spec?.initContainers ?? []).map((each) => runtimeOf(runtime, each));
  const initFailed = init.some((state) => state.phase === 'stopped' && (state.ended?.exitCode ?? 0) !== 0);
  if (initFailed && policy === 'Never') return 'Failed';
  const states = (pod.spec?.containers ?? []).map((each) => runtimeOf(runtime, each));
  const running = states.filter((state) => state.phase === 'running' || state.phase === 'stopping').length;
  const ended = states
    .filter((state) => state.phase !== 'running' && state.phase !== 'stopping')
    .flatMap((state) => state.ended ?? state.last ?? []);
  const waiting = states.length - running - ended.length;
  if (runtime.stopping && running === 0) {
    return ended.length > 0 && waiting === 0 && ended.every(({ exitCode }) => exitCode === 0)
      ? 'Succeeded'
      : 'Failed';
  }
  if (!initDone(pod, runtime) && !runtime.stopping && running === 0 && ended.length === 0) return 'Pending';
  if (waiting > 0) return 'Pending';
  if (running > 0) return 'Running';
  if (policy === 'Always') return 'Running';
  const good = ended.every(({ exitCode }) => exitCode === 0);
  if (good) return 'Succeeded';
  return policy === 'Never' ? 'Failed' : 'Running';
}

const time = (ms: number): string | null => (ms === 0 ? '1970-01-01T00:00:00Z' : formatTime(ms));

function terminated(ended: Ended): object {
  return {
    terminated: {
      exitCode: ended.exitCode,
      reason: ended.reason,
      ...(ended.message === undefined ? {} : { message: ended.message }),
      startedAt: time(ended.startedAt),
      finishedAt: time(ended.finishedAt),
      containerID: ended.containerID,
    },
  };
}

function statusOf(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  waiting: string | undefined,
): ContainerStatus {
  const { ended } = runtime;
  // What was never running to the API (its postStart hook failed) is not shown as running while it is stopped.
  const up = runtime.phase === 'running' || (runtime.phase === 'stopping' && runtime.reason === '');
  const restarting = (runtime.phase === 'pulling' || runtime.phase === 'starting') && runtime.reason === '';
  const held = runtime.phase === 'stopped' && runtime.reason !== '' && ended !== undefined;
  const waits = held && isRestarted(work, container, ended);
  const down = (runtime.phase === 'stopped' && !waits) || (restarting && ended !== undefined);
  const state = up
    ? { running: { startedAt: formatTime(runtime.startedAt ?? 0) } }
    : down && ended !== undefined
      ? terminated(ended)
      : { waiting: waitingState(runtime, waiting) };
  // While a container waits to be started again, the run that ended is its last.
  const last = up || down ? runtime.last : (ended ?? runtime.last);
  const shown = up || down ? runtime.containerID : (ended ?? last)?.containerID;
  const completed = down && ended?.exitCode === 0;
  return {
    name: container.name,
    state,
    lastState: last === undefined ? {} : terminated(last),
    ready: isContainerReady(runtime) || (completed && waiting !== undefined),
    restartCount: runtime.restarts,
    // Until the runtime has made a container, the kubelet knows no more of the image than the Pod says.
    image: (shown === undefined ? undefined : runtime.imageReference) ?? container.image ?? '',
    imageID: (shown === undefined ? undefined : runtime.imageID) ?? '',
    ...(shown === undefined ? {} : { containerID: shown }),
    started: isStarted(runtime) || (runtime.phase === 'stopping' && runtime.reason === ''),
  } as ContainerStatus;
}

function waitingState(runtime: ContainerRuntime, waiting: string | undefined): object {
  const early = runtime.reason === 'ContainerCreating' && waiting !== undefined;
  const reason = early ? waiting : runtime.reason || 'ContainerCreating';
  return runtime.message === undefined ? { reason } : { reason, message: runtime.message };
}

type PodCondition = NonNullable<NonNullable<Pod['status']>['conditions']>[number];

const KUBELET_CONDITIONS = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
];

function conditionsOf(work: Work, runtime: PodRuntime, phase: Phase): readonly PodCondition[] {
  const { pod, now } = work;
  const current = pod.status?.conditions ?? [];
  const stamp = (type: string, status: boolean, why?: readonly [string, string]): PodCondition => {
    const before = current.find((each) => each.type === type);
    const text = status ? 'True' : 'False';
    const since = before?.status === text ? before.lastTransitionTime : undefined;
    return {
      type,
      status: text,
      lastProbeTime: null,
      lastTransitionTime: since ?? formatTime(now),
      ...(why === undefined ? {} : { reason: why[0], ...(why[1] === '' ? {} : { message: why[1] }) }),
    } as unknown as PodCondition;
  };
  const finished = phase === 'Succeeded' || phase === 'Failed';
  const completed: readonly [string, string] = [phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed', ''];
  const unready = (pod.spec?.containers ?? [])
    .filter((each) => !isContainerReady(runtimeOf(runtime, each)))
    .map((each) => each.name);
  const ready = unready.length === 0 && initDone(pod, runtime) && !finished;
  const why: readonly [string, string] | undefined = ready
    ? undefined
    : finished
      ? completed
      : ['ContainersNotReady', `containers with unready status: [${unready.join(' ')}]`];
  const gate = (pod.spec?.readinessGates ?? []).find(
    (each) => current.find((condition) => condition.type === each.conditionType)?.status !== 'True',
  );
  const gated: readonly [string, string] | undefined =
    ready && gate !== undefined
      ? [
          'ReadinessGatesNotReady',
          `corresponding condition of pod readiness gate "${gate.conditionType}" does not exist.`,
        ]
      : why;
  const incomplete = (pod.spec?.initContainers ?? [])
    .filter((each) => runtimeOf(runtime, each).ended?.exitCode !== 0 && !isStarted(runtimeOf(runtime, each)))
    .map((each) => each.name);
  const init = initDone(pod, runtime);
  const initWhy: readonly [string, string] | undefined = init
    ? phase === 'Succeeded'
      ? completed
      : undefined
    : ['ContainersNotInitialized', `containers with incomplete status: [${incomplete.join(' ')}]`];
  return [
    stamp('PodReadyToStartContainers', runtime.ready && !(runtime.stopping && finished)),
    stamp('Initialized', init, initWhy),
    stamp('Ready', ready && gate === undefined, gated),
    stamp('ContainersReady', ready, why),
    stamp('PodScheduled', true),
    ...current.filter((each) => !KUBELET_CONDITIONS.includes(each.type)),
  ];
}

/** The Pod's quality of service (qos.GetPodQOS). */
export function qosClass(pod: Pod): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
  const amounts = (container: Container, which: 'limits' | 'requests'): readonly (string | undefined)[] => {
    const list = container.resources?.[which] as Readonly<Record<string, string>> | undefined;
    return [positive(list?.cpu), positive(list?.memory)];
  };
  const all = containers.map((each) => [amounts(each, 'requests'), amounts(each, 'limits')] as const);
  if (all.every(([requests, limits]) => [...requests, ...limits].every((value) => value === undefined))) {
    return 'BestEffort';
  }
  const guaranteed = all.every(([requests, limits]) =>
    limits.every((limit, index) => limit !== undefined && (requests[index] ?? limit) === limit),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

function positive(text: string | undefined): string | undefined {
  const parsed = text === undefined ? undefined : parseQuantity(text);
  return parsed === undefined || parsed.digits === 0n ? undefined : `${parsed.digits}e-${parsed.scale}`;
}
