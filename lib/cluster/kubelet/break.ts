import type { ContainerRegistry } from './containers';
import type { ContainerRuntime, PodRuntime } from './runtime';

const SIGKILL_CODE = 137;
/** What containerd says of containers that it finds dead after a boot. */
const UNKNOWN_CODE = 255;
/** From a process' end to the kubelet noticing it. */
const NOTICE_MS = 1000;

/** Ends a container's main process as SIGKILL does; its kubelet notices when it looks next. */
export function killContainer(
  containers: ContainerRegistry,
  namespace: string,
  pod: string,
  container: string,
  now: number,
): boolean {
  const key = `${namespace}/${pod}`;
  const runtime = containers.pod(key);
  const state = runtime?.containers[container];
  if (runtime === undefined || state === undefined || !isAlive(state)) return false;
  endProcess(containers, namespace, pod, container);
  containers.setPod(key, withContainer(runtime, container, ended(state, SIGKILL_CODE, 'Error', now)));
  return true;
}

/** Ends all that ran of some Pods as a boot of their node does: containers are dead, sandboxes are to be made anew. */
export function rebootPods(containers: ContainerRegistry, keys: readonly string[], now: number): void {
  for (const key of keys) {
    const runtime = containers.pod(key);
    if (runtime === undefined || isOver(runtime)) continue;
    const [namespace = '', pod = ''] = key.split('/');
    let next: PodRuntime = { ...runtime, ready: false, ip: undefined, sandboxAt: now };
    for (const [name, state] of Object.entries(runtime.containers)) {
      if (!isAlive(state)) continue;
      endProcess(containers, namespace, pod, name);
      next = withContainer(next, name, ended(state, UNKNOWN_CODE, 'Unknown', now));
    }
    containers.setPod(key, next);
  }
}

/** A Pod whose containers have all ended for good has no sandbox to lose. */
function isOver({ containers }: PodRuntime): boolean {
  const states = Object.values(containers);
  return states.length > 0 && states.every(({ phase, at }) => phase === 'stopped' && at === undefined);
}

const isAlive = ({ phase }: ContainerRuntime): boolean =>
  phase === 'running' || phase === 'hook' || phase === 'stopping';

function endProcess(containers: ContainerRegistry, namespace: string, pod: string, name: string): void {
  const record = containers.get(namespace, pod, name);
  if (record === undefined) return;
  const { asked: _, ...rest } = record;
  containers.update({ ...rest, running: false, state: undefined });
}

function ended(state: ContainerRuntime, exitCode: number, reason: string, now: number): ContainerRuntime {
  const { wakeAt: _, stop: __, hook: ___, ...kept } = state;
  return {
    ...kept,
    phase: 'stopped',
    at: now + NOTICE_MS,
    probes: {},
    ended: {
      exitCode,
      reason,
      startedAt: state.startedAt ?? now,
      finishedAt: now,
      containerID: state.containerID ?? '',
    },
  };
}

function withContainer(runtime: PodRuntime, name: string, state: ContainerRuntime): PodRuntime {
  return { ...runtime, containers: { ...runtime.containers, [name]: state } };
}
