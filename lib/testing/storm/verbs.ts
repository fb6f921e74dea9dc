import type { EndpointSlice, KubeObject, Node, Pod, ReplicaSet, Service } from '../../api';
import { HAVOC, mendAll } from './havoc';
import { DEPLOYMENTS, ENDPOINTS, NAMESPACE, NODES, PODS, REPLICA_SETS, SERVICES, SLICES } from './refs';
import { anyName, deploymentOf, pick, pickObject, type Sky, serviceOf } from './sky';

/** Something that somebody does to the cluster; refusals are the cluster's good right. */
export type Verb = (sky: Sky) => Promise<unknown>;

const labelled = (name: string): KubeObject['metadata'] => ({ name, namespace: NAMESPACE });

async function patchService(sky: Sky, body: unknown): Promise<void> {
  await sky.client.patch(SERVICES, NAMESPACE, anyName(sky.random), 'merge', body);
}

async function changeSlice(sky: Sky, change: (slice: EndpointSlice) => EndpointSlice): Promise<void> {
  const slice = pickObject<EndpointSlice>(sky, 'endpointslices.discovery.k8s.io');
  if (slice && slice.metadata.name !== 'kubernetes')
    await sky.client.update(SLICES, NAMESPACE, change(slice));
}

async function patchTemplate(sky: Sky, container: object): Promise<void> {
  const template = { spec: { containers: [{ name: 'web', ...container }] } };
  await sky.client.patch(DEPLOYMENTS, NAMESPACE, anyName(sky.random), 'strategic', { spec: { template } });
}

/** What may happen; names serve the log. */
export const VERBS: Readonly<Record<string, Verb>> = {
  ...HAVOC,
  createDeployment: ({ client, random }) =>
    client.create(DEPLOYMENTS, NAMESPACE, deploymentOf(anyName(random), random)),
  scale: ({ client, random }) =>
    client.patch(DEPLOYMENTS, NAMESPACE, anyName(random), 'merge', {
      spec: { replicas: pick(random, [0, 1, 2, 4, 7]) },
    }),
  deleteDeployment: ({ client, random }) =>
    client.delete(DEPLOYMENTS, NAMESPACE, anyName(random), {
      propagationPolicy: pick(random, ['Background', 'Foreground', 'Orphan'] as const),
    }),
  deleteReplicaSet: async (sky) => {
    const set = pickObject<ReplicaSet>(sky, 'replicasets.apps');
    if (set) await sky.client.delete(REPLICA_SETS, NAMESPACE, set.metadata.name);
  },
  restart: ({ client, random }) =>
    client.patch(DEPLOYMENTS, NAMESPACE, anyName(random), 'merge', {
      spec: { template: { metadata: { annotations: { again: String(Math.floor(random.next() * 1e6)) } } } },
    }),
  unknownImage: (sky) => patchTemplate(sky, { image: 'nginx:no-such-tag' }),
  otherImage: (sky) => patchTemplate(sky, { image: pick(sky.random, ['nginx', 'nginx:1.27']) }),
  failingReadiness: (sky) =>
    patchTemplate(sky, { readinessProbe: { httpGet: { path: '/missing', port: 80 }, periodSeconds: 5 } }),
  failingLiveness: (sky) =>
    patchTemplate(sky, { livenessProbe: { tcpSocket: { port: 81 }, periodSeconds: 5 } }),
  deleteSystemPod: async ({ client, view, random }) => {
    const pod = pick(random, view.list<Pod>('pods', 'kube-system'));
    await client.delete(PODS, 'kube-system', pod.metadata.name);
  },
  deletePod: async (sky) => {
    const pod = pickObject<Pod>(sky, 'pods');
    const gracePeriodSeconds = pick(sky.random, [undefined, 0, 1]);
    if (pod) await sky.client.delete(PODS, NAMESPACE, pod.metadata.name, { gracePeriodSeconds });
  },
  relabelPod: async (sky) => {
    const pod = pickObject<Pod>(sky, 'pods');
    const app = pick(sky.random, [anyName(sky.random), 'lost', null]);
    if (pod)
      await sky.client.patch(PODS, NAMESPACE, pod.metadata.name, 'merge', { metadata: { labels: { app } } });
  },
  createService: ({ client, random }) =>
    client.create(SERVICES, NAMESPACE, serviceOf(anyName(random), random)),
  deleteService: ({ client, random }) => client.delete(SERVICES, NAMESPACE, anyName(random)),
  otherSelector: (sky) =>
    patchService(sky, { spec: { selector: { app: pick(sky.random, [anyName(sky.random), 'typo']) } } }),
  noSelector: (sky) => patchService(sky, { spec: { selector: null } }),
  otherTargetPort: (sky) =>
    patchService(sky, {
      spec: { ports: [{ port: 80, targetPort: pick(sky.random, [80, 81, 'web', 'wrong']) }] },
    }),
  twoPorts: (sky) =>
    patchService(sky, {
      spec: {
        ports: [
          { name: 'a', port: 80, targetPort: 'web' },
          { name: 'b', port: 81, targetPort: 80 },
        ],
      },
    }),
  otherType: (sky) =>
    patchService(sky, { spec: { type: pick(sky.random, ['ClusterIP', 'NodePort', 'LoadBalancer']) } }),
  toExternalName: (sky) => patchService(sky, { spec: { type: 'ExternalName', externalName: 'example.com' } }),
  localTraffic: (sky) =>
    patchService(sky, { spec: { externalTrafficPolicy: pick(sky.random, ['Local', 'Cluster']) } }),
  stickiness: (sky) =>
    patchService(sky, { spec: { sessionAffinity: pick(sky.random, ['ClientIP', 'None']) } }),
  deleteSlice: async (sky) => {
    const slice = pickObject<EndpointSlice>(sky, 'endpointslices.discovery.k8s.io');
    if (slice) await sky.client.delete(SLICES, NAMESPACE, slice.metadata.name);
  },
  emptySlice: (sky) => changeSlice(sky, (slice) => ({ ...slice, endpoints: [] })),
  strangerInSlice: (sky) =>
    changeSlice(sky, (slice) => ({
      ...slice,
      endpoints: [...(slice.endpoints ?? []), { addresses: ['10.9.9.9'] }],
    })),
  unlabelSlice: (sky) =>
    changeSlice(sky, (slice) => ({ ...slice, metadata: { ...slice.metadata, labels: {} } })),
  deleteEndpoints: ({ client, random }) => client.delete(ENDPOINTS, NAMESPACE, anyName(random)),
  handMadeEndpoints: ({ client, random }) =>
    client.create(ENDPOINTS, NAMESPACE, {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: labelled(anyName(random)),
      subsets: [{ addresses: [{ ip: '192.168.50.77' }], ports: [{ port: 80 }] }],
    } as KubeObject),
  cordon: async (sky) => {
    const nodes = sky.view.list<Node>('nodes', '');
    const unschedulable = pick(sky.random, [true, false]);
    await sky.client.patch(NODES, '', pick(sky.random, nodes).metadata.name, 'merge', {
      spec: { unschedulable },
    });
  },
};

/** Puts right all that a verb can have made wrong; what is left for the controllers is theirs to mend. */
export async function heal(sky: Sky): Promise<void> {
  const { client, view, random } = sky;
  await mendAll(sky);
  for (const node of view.list<Node>('nodes', '')) {
    await client.patch(NODES, '', node.metadata.name, 'merge', { spec: { unschedulable: null } });
  }
  for (const { metadata } of view.list('deployments.apps', NAMESPACE)) {
    const containers = [{ name: 'web', image: 'nginx', readinessProbe: null, livenessProbe: null }];
    await client.patch(DEPLOYMENTS, NAMESPACE, metadata.name, 'strategic', {
      spec: { replicas: pick(random, [0, 1, 2, 4]), template: { spec: { containers } } },
    });
  }
  for (const set of view.list<ReplicaSet>('replicasets.apps', NAMESPACE)) {
    if (isAbandoned(set)) await client.delete(REPLICA_SETS, NAMESPACE, set.metadata.name);
  }
  for (const pod of view.list<Pod>('pods', NAMESPACE)) {
    const dying = pod.spec?.containers.some(({ livenessProbe }) => livenessProbe !== undefined);
    if (isAbandoned(pod) && (dying || !isReady(pod))) await client.delete(PODS, NAMESPACE, pod.metadata.name);
  }
  for (const service of view.list<Service>('services', NAMESPACE)) {
    if (service.spec?.selector === undefined || service.spec.type === 'ExternalName') continue;
    await client.patch(SERVICES, NAMESPACE, service.metadata.name, 'merge', {
      spec: { ports: [{ port: 80, targetPort: pick(random, [80, 'web']) }] },
    });
  }
}

const isAbandoned = ({ metadata }: KubeObject): boolean =>
  !metadata.ownerReferences?.some(({ controller }) => controller);

/** The Pod's Ready condition is true. */
export function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}
