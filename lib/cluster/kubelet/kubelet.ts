import type { Json, Node, Pod, Stored, View } from '../../api';
import { deepEqual, formatTime, type Random } from '../../base';
import { isPodFinished, patchStatus, planOf, REFS, REST, splitKey } from '../controllers';
import { hasKubelet } from '../heartbeats';
import type { Action, Asked, ContainerRecord, Controller, Plan, ProcessEnv, Serving } from '../seams';
import { type Rejection, rejectionOf } from './admission';
import { podsMounting } from './api-volumes';
import { askOf, type Keeper, keepServed } from './keep-served';
import { qosClass } from './pod-status';
import type { PodRuntime } from './runtime';
import { statusPatch } from './status-patch';
import { admit, stopPod, syncPod, watchDeadline } from './sync-pod';
import { tell, type Work } from './work';
import { allContainers, insideOf, type KubeletOptions, processEnv } from './world';

/** The kubelets of all nodes as one controller of Pods, with what others may ask of containers. */
export interface Kubelet extends Controller {
  readonly name: 'kubelet';
  /** What a container's program sees, for serving a request to it; undefined when there is no such container. */
  processEnv(
    view: View,
    pod: Stored<Pod>,
    container: string,
    now: number,
    random: Random,
  ): ProcessEnv | undefined;
  /** Keeps what serving a request made of a container whose state was `before`. */
  served(view: View, now: number, record: ContainerRecord, before: Json, serving: Serving): void;
  /** Leaves something for a container's kubelet to see to at once. */
  ask(now: number, namespace: string, pod: string, container: string, asked: Asked): void;
}

/** Kubelets over a registry of containers, which they change as they work. */
export function createKubelet(options: KubeletOptions): Kubelet {
  return {
    name: 'kubelet',
    program: 'kubelet',
    watches: [
      { resource: 'pods', keys: podKeys },
      { resource: 'nodes', keys: podsOfReturned },
      {
        resource: 'configmaps',
        keys: (next, before, view) => podsMounting('configMap', next ?? before, view),
      },
      { resource: 'secrets', keys: (next, before, view) => podsMounting('secret', next ?? before, view) },
    ],
    identity(key) {
      const node = options.containers.pod(key)?.node ?? '';
      return { user: `system:node:${node}`, groups: ['system:nodes', 'system:authenticated'] };
    },
    reconcile: (view, key, now, random) => reconcile(options, view, key, now, random),
    processEnv: (view, pod, container, now, random) => processEnv(options, view, pod, container, now, random),
    served: (view, now, record, before, serving) =>
      keepServed(keeperOf(options, view, now), record, before, serving),
    ask: (now, namespace, pod, container, asked) =>
      askOf({ ...options, now: () => now }, namespace, pod, container, asked),
  };
}

function keeperOf(options: KubeletOptions, view: View, now: number): Keeper {
  return {
    containers: options.containers,
    wake: options.wake,
    now: () => now,
    inside({ namespace, podName, name, image }) {
      const pod = view.get<Pod>('pods', namespace, podName);
      const container = pod && allContainers(pod).find((each) => each.name === name);
      const found = options.findImage(image);
      if (pod === undefined || container === undefined || 'error' in found) return undefined;
      return insideOf(options, view, pod, container, found.image.files ?? {});
    },
  };
}

/** A Pod on a node is looked at when anything but its status changed. */
function podKeys(object: Stored | undefined, previous: Stored | undefined): readonly string[] {
  const [pod, before] = [object as Stored<Pod> | undefined, previous as Stored<Pod> | undefined];
  const either = pod ?? before;
  if (either === undefined || !(pod?.spec?.nodeName || before?.spec?.nodeName)) return [];
  const same =
    pod !== undefined &&
    before !== undefined &&
    pod.metadata.deletionTimestamp === before.metadata.deletionTimestamp &&
    pod.metadata.uid === before.metadata.uid &&
    deepEqual(pod.spec, before.spec);
  return same ? [] : [`${either.metadata.namespace ?? ''}/${either.metadata.name}`];
}

const readiness = (node: Node | undefined): string | undefined =>
  node?.status?.conditions?.find(({ type }) => type === 'Ready')?.status;

/** Pods that were marked as not ready while nothing was heard of their node: its kubelet reports them as it knows them. */
function podsOfReturned(
  object: Stored | undefined,
  previous: Stored | undefined,
  view: View,
): readonly string[] {
  const [node, before] = [object as Stored<Node> | undefined, previous as Stored<Node> | undefined];
  if (node === undefined || before === undefined) return [];
  if (readiness(node) !== 'True' || readiness(before) === 'True') return [];
  return view
    .list<Pod>('pods', '')
    .filter(({ spec }) => spec?.nodeName === node.metadata.name)
    .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
}

function reconcile(options: KubeletOptions, view: View, key: string, now: number, random: Random): Plan {
  const { namespace, name } = splitKey(key);
  const { containers } = options;
  const pod = view.get<Pod>('pods', namespace, name);
  const known = containers.pod(key);
  if (known !== undefined && known.uid !== pod?.metadata.uid) containers.remove(key);
  if (pod === undefined) return REST;
  const node = view.get<Node>('nodes', '', pod.spec?.nodeName ?? '');
  if (node === undefined || !hasKubelet(node)) return REST;
  if (options.isStopped?.(node.metadata.name)) return REST;
  const work: Work = { options, view, pod, node, now, random, events: [], wakes: [] };
  const runtime = known?.uid === pod.metadata.uid ? known : undefined;
  return pod.metadata.deletionTimestamp === undefined ? keep(work, key, runtime) : remove(work, key, runtime);
}

function keep(work: Work, key: string, known: PodRuntime | undefined): Plan {
  // A Pod that finished under an earlier kubelet's eyes stays as it is.
  if (known === undefined && isPodFinished(work.pod)) return REST;
  const rejection =
    known === undefined ? rejectionOf(work.view, work.options.containers, work.pod, work.node) : undefined;
  if (rejection !== undefined) return reject(work, key, rejection);
  if (known?.failed !== undefined && !known.ready && Object.keys(known.containers).length === 0) return REST;
  const runtime = watchDeadline(work, syncPod(work, known ?? admit(work)));
  work.options.containers.setPod(key, runtime);
  return report(work, runtime, []);
}

/** A Pod that its kubelet does not take has failed before anything of it ran (rejectPod). */
function reject(work: Work, key: string, { reason, message }: Rejection): Plan {
  const { pod, now } = work;
  const told = `Pod was rejected: ${message}`;
  work.options.containers.setPod(key, { ...admit(work), failed: { reason, message: told } });
  tell(work, 'Warning', reason, message);
  const status = {
    ...pod.status,
    phase: 'Failed',
    reason,
    message: told,
    startTime: formatTime(now),
    qosClass: pod.status?.qosClass ?? qosClass(pod),
  };
  return planOf([...work.events, patchStatus(REFS.pods, pod, status)]);
}

function remove(work: Work, key: string, known: PodRuntime | undefined): Plan {
  const { runtime, done } = stopPod(work, known ?? admit(work));
  work.options.containers.setPod(key, runtime);
  if (!done) return report(work, runtime, []);
  const { namespace = '', name, uid } = work.pod.metadata;
  const finalizers = work.pod.metadata.finalizers ?? [];
  // Under a finalizer the object stays; asking again would change nothing.
  if (finalizers.length > 0 && work.pod.metadata.deletionGracePeriodSeconds === 0) {
    return report(work, runtime, []);
  }
  const options = { gracePeriodSeconds: 0, preconditions: { uid } };
  return report(work, runtime, [{ verb: 'delete', ref: REFS.pods, namespace, name, options }]);
}

function report(work: Work, runtime: PodRuntime, more: readonly Action[]): Plan {
  const status = statusPatch(work, runtime);
  const next = work.wakes.filter((at) => at > work.now);
  const wait = next.length === 0 ? undefined : Math.min(...next) - work.now;
  return planOf([...work.events, status, ...more], wait);
}
