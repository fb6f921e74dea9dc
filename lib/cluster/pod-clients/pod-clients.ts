import type { Pod, Stored, View } from '../../api';
import { assert } from '../../base';
import type { ActiveFault } from '../faults';
import { isDown } from '../faults';
import type { FoundImage, PullFailure } from '../images';
import type { ContainerRegistry } from '../kubelet';
import { withLines } from '../kubelet';
import type {
  ApiProgram,
  Asked,
  ContainerRecord,
  Controller,
  Identity,
  Plan,
  ProcessEnv,
  WatchRule,
} from '../seams';
import type { ServerApi } from '../server';
import { accountApi, accountIdentity } from './account-api';

/** What clients inside Pods need of the cluster. */
export interface PodClientOptions {
  readonly containers: ContainerRegistry;
  view(): View;
  faults(): readonly ActiveFault[];
  findImage(reference: string): FoundImage | PullFailure;
  actAs(identity: Identity): ServerApi;
  processEnv(pod: Stored<Pod>, container: string): ProcessEnv | undefined;
  /** Leaves something for a container's kubelet to see to. */
  ask(namespace: string, pod: string, container: string, asked: Asked): void;
}

const REST: Plan = { actions: [] };
/** From a change to its being heard of in a Pod. */
const HEARD_MS = 20;

/**
 * Programs in containers that are clients of the API server, each kind of them as a controller: it looks when what it
 * watches has changed, and acts as its Pod's service account. Keys are "namespace/pod/container".
 */
export function createPodClients(
  options: PodClientOptions,
  programs: readonly ApiProgram[],
): readonly Controller[] {
  return programs.map((program) => ({
    name: program.name,
    program: program.name,
    delayMs: HEARD_MS,
    watches: program.watches.map((resource) => watchRule(options, program.name, resource)),
    identity: (key) => identityOf(options, key),
    reconcile: (view, key, now) => look(options, view, key, now),
  }));
}

const keyOf = ({ namespace, podName, name }: ContainerRecord) => `${namespace}/${podName}/${name}`;

function watchRule({ containers }: PodClientOptions, name: string, resource: string): WatchRule {
  return {
    resource,
    keys(object, previous) {
      const namespace = (object ?? previous)?.metadata.namespace;
      return containers
        .clients(name)
        .filter((record) => resource !== 'pods' || record.namespace === namespace)
        .map(keyOf);
    },
  };
}

function identityOf({ view }: PodClientOptions, key: string): Identity {
  const [namespace = '', pod = ''] = key.split('/');
  const { spec } = view().get<Pod>('pods', namespace, pod) ?? {};
  return accountIdentity(namespace, spec?.serviceAccountName || 'default');
}

function look(options: PodClientOptions, view: View, key: string, now: number): Plan {
  const [namespace = '', podName = '', container = ''] = key.split('/');
  const { containers } = options;
  const pod = view.get<Pod>('pods', namespace, podName);
  const record = containers.get(namespace, podName, container);
  if (pod === undefined || record?.state === undefined || !record.running) return REST;
  if (record.podUid !== pod.metadata.uid || isDown(options.faults(), record.node)) return REST;
  const found = options.findImage(record.image);
  const env = options.processEnv(pod, container);
  if ('error' in found || env === undefined) return REST;
  const { client } = found.image;
  assert(client, 'a record of a client is of an image that has one');
  const api = accountApi(options.actAs(identityOf(options, key)), view);
  const seen = client.look(record.state, env, api);
  // What it sent on the way may have come back to it: its log is what it is now.
  const current = containers.get(namespace, podName, container) ?? record;
  containers.update({ ...current, state: seen.state, log: withLines(current.log, seen.log, now) });
  if (seen.exitCode !== undefined) options.ask(namespace, podName, container, { exitCode: seen.exitCode });
  return {
    actions: seen.actions ?? [],
    ...(seen.wakeAt === undefined ? {} : { requeueAfterMs: Math.max(1, seen.wakeAt - now) }),
  };
}
