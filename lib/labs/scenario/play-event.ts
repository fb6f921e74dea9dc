import type { Deployment, Fault, KubeObject, Pod, ResourceRef, Service, Stored, Vantage } from '../../api';
import { GRADERS_LABEL, isReady, type Members, podsOf, workloadOf } from '../checks/members';
import type { Evidence } from '../seams';
import { durationMs, type ScenarioEvent } from './events';

const PODS = { group: '', version: 'v1', resource: 'pods' } as const;
const APPS = { group: 'apps', version: 'v1' } as const;
/** What stands in for the learner's program when it moves to another port; it listens wherever it is told. */
const MOVABLE_IMAGE = 'registry.k8s.io/e2e-test-images/agnhost:2.53';
const REPLACE_STEP_MS = 1_000;
/** Longest wait for one Pod to be replaced, in virtual ms. */
const REPLACE_LIMIT_MS = 120_000;

/** What a scenario acts on. */
export interface Scene {
  readonly namespace: string;
  readonly members: Members;
}

/** Lets one event happen on a copy; `tick` is called while virtual time passes. */
export async function playEvent(
  copy: Evidence,
  { namespace, members }: Scene,
  event: ScenarioEvent,
  pass: (ms: number) => Promise<void>,
): Promise<void> {
  const pods = podsOf(copy, namespace, members);
  const remove = (pod: Stored<Pod>) => copy.client.delete(PODS, namespace, pod.metadata.name);
  if ('delete' in event) {
    for (const pod of event.delete === 'one-pod' ? pods.slice(0, 1) : pods) await remove(pod);
  } else if ('replace' in event) {
    for (const pod of pods) {
      await remove(pod);
      await untilReplaced(copy, { namespace, members }, pods.length, pass);
    }
  } else if ('wait' in event) await pass(durationMs(event.wait));
  else if ('scale' in event)
    await patchWorkload(copy, namespace, members, { spec: { replicas: event.scale } });
  else if ('movePort' in event) await movePort(copy, namespace, members, event.movePort);
  else if ('rollOut' in event) await rollOut(copy, namespace, members, event.rollOut);
  else if ('decoy' in event) await copy.client.create(PODS, namespace, decoy(copy, namespace, event.decoy));
  else if ('patch' in event) {
    const { resource, name, merge } = event.patch;
    await copy.client.patch(await refOf(copy, resource), namespace, name, 'merge', merge);
  } else if ('create' in event) {
    for (const object of event.create) await createObject(copy, namespace, object as unknown as KubeObject);
  } else if ('run' in event) await copy.run(event.run);
  else if ('heal' in event) for (const fault of copy.faults.active) copy.faults.lift(fault);
  else copy.faults.inject(faultOf(event, namespace, pods));
}

async function untilReplaced(
  copy: Evidence,
  { namespace, members }: Scene,
  count: number,
  pass: (ms: number) => Promise<void>,
): Promise<void> {
  for (let waited = 0; waited < REPLACE_LIMIT_MS; waited += REPLACE_STEP_MS) {
    await pass(REPLACE_STEP_MS);
    const now = podsOf(copy, namespace, members);
    if (now.length >= count && now.every(isReady)) return;
  }
}

function patchWorkload(copy: Evidence, namespace: string, members: Members, patch: unknown) {
  const workload = workloadOf(members);
  if (!workload) throw new Error('the reader asks for a workload where an event changes one');
  const [resource = ''] = workload.resource.split('.');
  return copy.client.patch({ ...APPS, resource }, namespace, workload.name, 'strategic', patch);
}

function templateOf(copy: Evidence, namespace: string, members: Members) {
  const workload = workloadOf(members);
  const object = workload && copy.view.get<Deployment>(workload.resource, namespace, workload.name);
  return object?.spec?.template.spec?.containers ?? [];
}

/** Every container that has the port (by name, else the first port) listens somewhere else from now on. */
async function movePort(
  copy: Evidence,
  namespace: string,
  members: Members,
  { to, name }: { readonly to: number; readonly name?: string | undefined },
): Promise<void> {
  const containers = templateOf(copy, namespace, members);
  const container =
    containers.find((each) => each.ports?.some((port) => port.name === name)) ?? containers[0];
  const moved = (container?.ports ?? []).map((port, index) =>
    (name === undefined ? index === 0 : port.name === name) ? { ...port, containerPort: to } : port,
  );
  const changed = {
    name: container?.name,
    image: MOVABLE_IMAGE,
    command: null,
    // Its UDP server stays on: without one, agnhost answers 412 at /healthz, and probes of the learner's would fail.
    args: ['netexec', `--http-port=${to}`],
    ports: [{ $patch: 'replace' }, ...moved],
  };
  await patchWorkload(copy, namespace, members, { spec: { template: { spec: { containers: [changed] } } } });
}

async function rollOut(
  copy: Evidence,
  namespace: string,
  members: Members,
  { image, container }: { readonly image: string; readonly container?: string | undefined },
): Promise<void> {
  const name = container ?? templateOf(copy, namespace, members)[0]?.name;
  const containers = [{ name, image }];
  await patchWorkload(copy, namespace, members, { spec: { template: { spec: { containers } } } });
}

/** It declares its port under every name that Services here look for: a selector that is too wide must not be saved by that. */
function decoy(
  copy: Evidence,
  namespace: string,
  { labels, port, name }: { labels: Readonly<Record<string, string>>; port: number; name: string },
): Pod {
  const args = ['netexec', `--http-port=${port}`, '--udp-port=-1'];
  const names = copy.view
    .list<Service>('services', namespace)
    .flatMap(({ spec }) => spec?.ports ?? [])
    .flatMap(({ targetPort }) => (typeof targetPort === 'string' ? [targetPort] : []));
  const ports = [...new Set(names)].map((each) => ({ name: each, containerPort: port }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-of-another-application`,
      namespace,
      labels: { ...labels, [GRADERS_LABEL]: 'decoy' },
    },
    spec: {
      containers: [
        {
          name: 'decoy',
          image: MOVABLE_IMAGE,
          args,
          ports: ports.length > 0 ? ports : [{ containerPort: port }],
        },
      ],
    },
  };
}

type Broken = Extract<ScenarioEvent, { loseNode: string } | { partition: unknown } | { stop: unknown }>;

function faultOf(event: Broken, namespace: string, pods: readonly Pod[]): Fault {
  if ('loseNode' in event) {
    const node = event.loseNode === 'of-a-pod' ? (pods[0]?.spec?.nodeName ?? '') : event.loseNode;
    return { kind: 'node-down', node };
  }
  if ('partition' in event)
    return {
      kind: 'cut-link',
      from: vantage(event.partition.from, namespace),
      to: vantage(event.partition.to, namespace),
    };
  if (event.stop === 'dns') return { kind: 'dns-stopped' };
  if ('kubeProxy' in event.stop) return { kind: 'kube-proxy-stopped', node: event.stop.kubeProxy };
  return { kind: 'kubelet-stopped', node: event.stop.kubelet };
}

type Place = Extract<ScenarioEvent, { partition: unknown }>['partition']['from'];

function vantage(place: Place, namespace: string): Vantage {
  if (typeof place === 'string') return { kind: place };
  return 'pod' in place ? { kind: 'pod', namespace, name: place.pod } : { kind: 'node', name: place.node };
}

/** The resource of a name such as "services" or "deployments.apps". */
async function refOf(copy: Evidence, name: string): Promise<ResourceRef> {
  const [resource = '', ...group] = name.split('.');
  const all = await copy.client.resources();
  const found = all.find((each) => each.resource === resource && each.group === group.join('.'));
  return found ?? { group: group.join('.'), version: 'v1', resource };
}

async function createObject(copy: Evidence, namespace: string, object: KubeObject): Promise<void> {
  const all = await copy.client.resources();
  const found = all.find(
    (each) =>
      each.kind === object.kind &&
      (each.group ? `${each.group}/${each.version}` : each.version) === object.apiVersion,
  );
  if (!found) throw new Error(`the API does not serve ${object.kind} (${object.apiVersion})`);
  await copy.client.create(found, found.namespaced ? (object.metadata.namespace ?? namespace) : '', object);
}
