import type { Container, Pod } from '../../api';
import { parseTime } from '../../base';
import { allocateAddress } from './allocate-address';
import { initDone } from './pod-status';
import { drive, isSidecar } from './run';
import { type ContainerRuntime, FRESH_CONTAINER, type PodRuntime } from './runtime';
import { beginStop } from './stop-container';
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
  const housed = runtime.ready ? runtime : prepare(work, runtime);
  if (!housed.ready) return housed;
  // Probes and programs ask the registry for the Pod's address.
  work.options.containers.setPod(keyOf(work.pod), housed);
  return driveMain(work, driveInit(work, housed));
}

const keyOf = (pod: Pod): string => `${pod.metadata.namespace ?? ''}/${pod.metadata.name ?? ''}`;

/** Mounts the volumes and sets up the sandbox with its address. */
function prepare(work: Work, runtime: PodRuntime): PodRuntime {
  const { options, view, pod, node, now } = work;
  const failure = mountFailure(view, pod);
  if (failure !== undefined) {
    tell(work, 'Warning', 'FailedMount', failure);
    const wait = runtime.mountBackoffMs ?? MOUNT_BACKOFF_MS;
    wake(work, now + wait);
    const mountBackoffMs = Math.min(wait * 2, MOUNT_BACKOFF_MAX_MS);
    return { ...runtime, sandboxAt: now + wait, mountBackoffMs };
  }
  if (pod.spec?.hostNetwork) return { ...runtime, ready: true };
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
  return { ...runtime, ready: true, ip: found.ip };
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
  const begun = (work.pod.spec?.containers ?? []).some((each) => start.containers[each.name] !== undefined);
  if (!begun && !initDone(work.pod, start)) return start;
  return (work.pod.spec?.containers ?? []).reduce(
    (runtime, container) => driven(work, runtime, container),
    start,
  );
}

/** Stops a Pod that is being deleted; `done` once nothing of it runs. */
export function stopPod(
  work: Work,
  runtime: PodRuntime,
): { readonly runtime: PodRuntime; readonly done: boolean } {
  const deadline = deadlineOf(work);
  let next = runtime;
  for (const container of allContainers(work.pod)) {
    const state = next.containers[container.name];
    if (state === undefined) continue;
    const after = stopOne(work, container, state, runtime.stopping, deadline);
    next = { ...next, containers: { ...next.containers, [container.name]: after } };
  }
  const done = Object.values(next.containers).every(
    (state) => state.phase !== 'running' && state.phase !== 'stopping',
  );
  return { runtime: { ...next, stopping: true }, done };
}

/** The grace counts from the request, whose moment the deletion timestamp tells less the grace, in whole seconds. */
function deadlineOf({ pod, now }: Work): number {
  const graceMs = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000;
  return Math.min(
    now + graceMs,
    Math.max(now, (parseTime(pod.metadata.deletionTimestamp ?? '') ?? now) + 999),
  );
}

function stopOne(
  work: Work,
  container: Container,
  state: ContainerRuntime,
  told: boolean,
  deadline: number,
): ContainerRuntime {
  if (state.phase === 'running') {
    if (!told) tell(work, 'Normal', 'Killing', `Stopping container ${container.name}`, container);
    return beginStop(work, container, state, deadline - work.now);
  }
  if (state.phase !== 'stopping') return state;
  const at = Math.min(state.at ?? work.now, deadline);
  if (at > work.now) {
    wake(work, at);
    return at === state.at ? state : { ...state, at, stopCode: 137 };
  }
  return drive(work, container, { ...state, at });
}
