import type { Container, Pod, ServiceAccount } from '../../api';
import { parseTime } from '../../base';
import { allocateAddress } from './allocate-address';
import { refreshApiVolumes, writeApiVolumes } from './api-volumes';
import { initDone } from './pod-status';
import { isRestarted, isSidecar } from './restart';
import { drive } from './run';
import { type ContainerRuntime, FRESH_CONTAINER, type PodRuntime } from './runtime';
import { beginStop, driveStop } from './stop-container';
import { mountFailure } from './volumes';
import { between, tell, type Work, wake } from './work';
import { allContainers } from './world';

const SANDBOX_MIN_MS = 250;
const SANDBOX_MAX_MS = 700;
const MOUNT_BACKOFF_MS = 500;
const MOUNT_BACKOFF_MAX_MS = 122_000;
const ADDRESS_RETRY_MS = 5000;

/** A Pod that its kubelet sees for the first time. */
export function admit(work: Work): PodRuntime {
  const { now, random } = work;
  return {
    uid: work.pod.metadata.uid,
    node: work.node.metadata.name,
    startedAt: now,
    sandboxAt: now + between(random, SANDBOX_MIN_MS, SANDBOX_MAX_MS),
    ready: false,
    containers: {},
    stopping: false,
  };
}

/** Moves a Pod that should run on to where it should be now. */
export function syncPod(work: Work, runtime: PodRuntime): PodRuntime {
  if (runtime.sandboxAt > work.now) {
    wake(work, runtime.sandboxAt);
    return runtime;
  }
  const housed = runtime.ready ? refreshApiVolumes(work, runtime) : prepare(work, runtime);
  if (!housed.ready) return housed;
  // Probes and programs ask the registry for the Pod's address.
  work.options.containers.setPod(keyOf(work.pod), housed);
  if (housed.failed !== undefined) return stopPod(work, housed, graceFrom(work)).runtime;
  return driveEphemeral(work, driveMain(work, driveInit(work, housed)));
}

const graceFrom = ({ pod, now }: Work): number =>
  now + (pod.spec?.terminationGracePeriodSeconds ?? 30) * 1000;

const DEADLINE = 'Pod was active on the node longer than the specified deadline';

/** Gives up a Pod whose activeDeadlineSeconds are over (the kubelet's active deadline handler). */
export function watchDeadline(work: Work, runtime: PodRuntime): PodRuntime {
  const seconds = work.pod.spec?.activeDeadlineSeconds;
  if (seconds === undefined || runtime.failed !== undefined) return runtime;
  const at = runtime.startedAt + seconds * 1000;
  if (at > work.now) {
    wake(work, at);
    return runtime;
  }
  tell(work, 'Normal', 'DeadlineExceeded', DEADLINE);
  const failed = { ...runtime, failed: { reason: 'DeadlineExceeded', message: DEADLINE } };
  return stopPod(work, failed, graceFrom(work)).runtime;
}

const keyOf = (pod: Pod): string => `${pod.metadata.namespace ?? ''}/${pod.metadata.name ?? ''}`;

/** Mounts the volumes and sets up the sandbox with its address. */
function prepare(work: Work, runtime: PodRuntime): PodRuntime {
  const { options, view, pod, node, now } = work;
  const failure = mountFailure(view, options.tokenOf, pod);
  if (failure !== undefined) {
    tell(work, 'Warning', 'FailedMount', failure);
    const wait = runtime.mountBackoffMs ?? MOUNT_BACKOFF_MS;
    wake(work, now + wait);
    const mountBackoffMs = Math.min(wait * 2, MOUNT_BACKOFF_MAX_MS);
    return { ...runtime, sandboxAt: now + wait, mountBackoffMs };
  }
  if (Object.keys(runtime.containers).length > 0)
    tell(work, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
  writeApiVolumes(work);
  const mounted = { ...runtime, ...accountOf(work) };
  if (pod.spec?.hostNetwork) return { ...mounted, ready: true };
  const name = node.metadata.name;
  const found = allocateAddress(
    node.spec?.podCIDR ?? '',
    options.containers.node(name),
    options.containers.addresses(name),
  );
  if (found === undefined) {
    const why = `plugin type="host-local" failed (add): no IP addresses available in range set: ${node.spec?.podCIDR}`;
    tell(work, 'Warning', 'FailedCreatePodSandBox', `Failed to create pod sandbox: ${why}`);
    wake(work, now + ADDRESS_RETRY_MS);
    return { ...runtime, sandboxAt: now + ADDRESS_RETRY_MS };
  }
  options.containers.setNode(name, found.node);
  return { ...mounted, ready: true, ip: found.ip };
}

/** Whose tokens the Pod holds, if it holds any. */
function accountOf({ view, pod }: Work): Pick<PodRuntime, 'accountUid'> {
  const holds = pod.spec?.volumes?.some((each) =>
    each.projected?.sources?.some((one) => one.serviceAccountToken),
  );
  if (!holds) return {};
  const name = pod.spec?.serviceAccountName || 'default';
  return {
    accountUid: view.get<ServiceAccount>('serviceaccounts', pod.metadata.namespace ?? '', name)?.metadata.uid,
  };
}

const stateOf = (runtime: PodRuntime, container: Container): ContainerRuntime =>
  runtime.containers[container.name] ?? FRESH_CONTAINER;

function driven(work: Work, runtime: PodRuntime, container: Container): PodRuntime {
  const before = stateOf(runtime, container);
  const after = drive(work, container, before);
  return after === before && runtime.containers[container.name] !== undefined
    ? runtime
    : { ...runtime, containers: { ...runtime.containers, [container.name]: after } };
}

/** Init containers go one after the other; sidecars among them stay. */
function driveInit(work: Work, start: PodRuntime): PodRuntime {
  let runtime = start;
  for (const container of work.pod.spec?.initContainers ?? []) {
    const state = stateOf(runtime, container);
    const done = !isSidecar(container) && state.phase === 'stopped' && state.ended?.exitCode === 0;
    if (!done) runtime = driven(work, runtime, container);
    const next = stateOf(runtime, container);
    const passed = isSidecar(container)
      ? next.phase === 'running' && next.probes.startup?.passing !== false
      : next.phase === 'stopped' && next.ended?.exitCode === 0;
    if (!passed) return runtime;
  }
  return runtime;
}

function driveMain(work: Work, start: PodRuntime): PodRuntime {
  const { containers = [] } = work.pod.spec ?? {};
  const begun = containers.some((each) => start.containers[each.name] !== undefined);
  if (!begun && !initDone(work.pod, start)) return start;
  const runtime = containers.reduce((before, container) => driven(work, before, container), start);
  const over = containers.every((each) => isOver(work, each, stateOf(runtime, each)));
  // Sidecars do not keep alive a Pod whose work is done.
  return over && begun ? stopSidecars(work, runtime) : runtime;
}

/** Whether a container has ended for good. */
function isOver(work: Work, container: Container, { phase, ended }: ContainerRuntime): boolean {
  return phase === 'stopped' && ended !== undefined && !isRestarted(work, container, ended);
}

function stopSidecars(work: Work, start: PodRuntime): PodRuntime {
  const sidecars = (work.pod.spec?.initContainers ?? []).filter(isSidecar).toReversed();
  const runtime = start;
  for (const sidecar of sidecars) {
    if (!isUp(stateOf(runtime, sidecar))) continue;
    return stopped(work, runtime, sidecar, graceFrom(work));
  }
  return runtime;
}

/** Containers that `kubectl debug` put in: each is started once, whatever the others do. */
function driveEphemeral(work: Work, start: PodRuntime): PodRuntime {
  const containers = (work.pod.spec?.ephemeralContainers ?? []) as readonly Container[];
  return containers.reduce((runtime, container) => driven(work, runtime, container), start);
}

/** Stops a Pod that is being deleted, or given up; `done` once nothing of it runs. */
export function stopPod(
  work: Work,
  runtime: PodRuntime,
  deadline = deadlineOf(work),
): { readonly runtime: PodRuntime; readonly done: boolean } {
  const sidecars = (work.pod.spec?.initContainers ?? []).filter(isSidecar).toReversed();
  const others = allContainers(work.pod).filter((container) => !sidecars.includes(container));
  let next = others.reduce((before, container) => stopped(work, before, container, deadline), runtime);
  // Sidecars serve the others to the end: each goes when those that were started after it are gone.
  for (const sidecar of sidecars) {
    const last = Object.entries(next.containers).every(
      ([name, state]) => !isUp(state) || sidecars.some((each) => each.name === name),
    );
    const later = sidecars.slice(0, sidecars.indexOf(sidecar));
    if (last && later.every((each) => !isUp(stateOf(next, each))))
      next = stopped(work, next, sidecar, deadline);
    else if (isUp(stateOf(next, sidecar))) next = driven(work, next, sidecar);
  }
  const done = Object.values(next.containers).every((state) => !isUp(state));
  return { runtime: { ...next, stopping: true }, done };
}

/** Whether a container's process is there. */
const isUp = ({ phase }: ContainerRuntime): boolean =>
  phase === 'running' || phase === 'hook' || phase === 'stopping';

/** The grace counts from the request, whose moment the deletion timestamp tells less the grace, in whole seconds. */
function deadlineOf({ pod, now }: Work): number {
  const graceMs = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000;
  return Math.min(
    now + graceMs,
    Math.max(now, (parseTime(pod.metadata.deletionTimestamp ?? '') ?? now) + 999),
  );
}

function stopped(work: Work, runtime: PodRuntime, container: Container, deadline: number): PodRuntime {
  const state = runtime.containers[container.name];
  if (state === undefined || !isUp(state)) return runtime;
  const after =
    state.phase === 'stopping'
      ? hurried(work, container, state, deadline)
      : told(work, container, state, deadline);
  return { ...runtime, containers: { ...runtime.containers, [container.name]: after } };
}

function told(work: Work, container: Container, state: ContainerRuntime, deadline: number): ContainerRuntime {
  tell(work, 'Normal', 'Killing', `Stopping container ${container.name}`, container);
  return beginStop(work, container, state, Math.max(0, deadline - work.now));
}

/** A stop under way, held to a deadline that may have come nearer. */
function hurried(
  work: Work,
  container: Container,
  state: ContainerRuntime,
  deadline: number,
): ContainerRuntime {
  const { stop } = state;
  const graceMs = (work.pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000;
  const nearer = stop !== undefined && graceMs < stop.deadline - work.now && deadline < stop.deadline;
  if (!nearer) return driveStop(work, container, state);
  const late = (state.at ?? work.now) > deadline;
  const exitCode = late && stop.exitCode !== undefined ? { exitCode: 137 } : {};
  return driveStop(work, container, {
    ...state,
    at: Math.min(state.at ?? work.now, deadline),
    stop: { ...stop, deadline, ...exitCode },
  });
}
