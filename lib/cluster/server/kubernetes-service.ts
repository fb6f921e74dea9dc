import type { EndpointSlice, Endpoints, KubeObject, Node, Service, View } from '../../api';
import { semanticEqual } from '../../base';
import type { Action, Controller, Identity, Plan } from '../seams';
import { formatIP } from './service/ip-address';
import type { ServiceNetwork } from './service/service-network';

const NAMESPACE = 'default';
const NAME = 'kubernetes';
const SECURE_PORT = 6443;
const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';
/** How soon the API server puts back what somebody took away: its own loop runs every ten seconds. */
const REPAIR_DELAY_MS = 3000;

/** The API server acting for itself. */
export const APISERVER: Identity = {
  user: 'system:apiserver',
  groups: ['system:masters', 'system:authenticated'],
};

/** Keeps default/kubernetes, its Endpoints and its one slice as the API server's own loop does. */
export function createKubernetesService(network: ServiceNetwork): Controller {
  const key = `${NAMESPACE}/${NAME}`;
  const own = (object: KubeObject | undefined) =>
    object?.metadata.name === NAME && object.metadata.namespace === NAMESPACE ? [key] : [];
  const rule = (resource: string) => ({
    resource,
    keys: (object: KubeObject | undefined, previous: KubeObject | undefined) => own(object ?? previous),
  });
  return {
    name: 'kube-apiserver',
    program: 'kube-apiserver',
    delayMs: REPAIR_DELAY_MS,
    identity: () => APISERVER,
    watches: [
      rule('services'),
      rule('endpoints'),
      rule('endpointslices.discovery.k8s.io'),
      { resource: 'nodes', keys: (object) => (object && isControlPlane(object) ? [key] : []) },
    ],
    reconcile: (view) => plan(view, network),
  };
}

const isControlPlane = (node: KubeObject): boolean => node.metadata.labels?.[CONTROL_PLANE] !== undefined;

function plan(view: View, network: ServiceNetwork): Plan {
  if (!view.get('namespaces', '', NAMESPACE)) return { actions: [] };
  const address = view
    .list<Node>('nodes', '')
    .filter(isControlPlane)
    .flatMap((node) => node.status?.addresses ?? [])
    .find((each) => each.type === 'InternalIP')?.address;
  const actions = [serviceAction(view, network)];
  if (address) actions.push(endpointsAction(view, address), sliceAction(view, address));
  return { actions: actions.filter((each) => each !== undefined) };
}

const ref = { group: '', version: 'v1', resource: 'services' };
const endpointsRef = { ...ref, resource: 'endpoints' };
const sliceRef = { group: 'discovery.k8s.io', version: 'v1', resource: 'endpointslices' };

function serviceAction(view: View, { ranges }: ServiceNetwork): Action | undefined {
  const [range] = ranges;
  const ports = [{ name: 'https', port: 443, protocol: 'TCP', targetPort: SECURE_PORT }];
  const found = view.get<Service>('services', NAMESPACE, NAME);
  if (found) {
    if (semanticEqual(found.spec?.ports, ports) && found.spec?.type === 'ClusterIP') return undefined;
    const spec = { ...found.spec, ports, type: 'ClusterIP' };
    return { verb: 'update', ref, object: { ...found, spec } as KubeObject };
  }
  if (!range) return undefined;
  const clusterIP = formatIP({ family: range.family, value: range.first + 1n });
  const object: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: NAME,
      namespace: NAMESPACE,
      labels: { component: 'apiserver', provider: 'kubernetes' },
    },
    spec: {
      clusterIP,
      clusterIPs: [clusterIP],
      ipFamilies: [range.family],
      ipFamilyPolicy: 'SingleStack',
      ports,
      sessionAffinity: 'None',
      type: 'ClusterIP',
    } as NonNullable<Service['spec']>,
  };
  return { verb: 'create', ref, object };
}

function endpointsAction(view: View, ip: string): Action | undefined {
  const subsets = [{ addresses: [{ ip }], ports: [{ name: 'https', port: SECURE_PORT, protocol: 'TCP' }] }];
  const labels = { 'endpointslice.kubernetes.io/skip-mirror': 'true' };
  const found = view.get<Endpoints>('endpoints', NAMESPACE, NAME);
  if (found) {
    const marked = found.metadata.labels?.['endpointslice.kubernetes.io/skip-mirror'] === 'true';
    if (marked && semanticEqual(found.subsets, subsets)) return undefined;
    const metadata = { ...found.metadata, labels: { ...found.metadata.labels, ...labels } };
    return { verb: 'update', ref: endpointsRef, object: { ...found, metadata, subsets } as KubeObject };
  }
  const metadata = { name: NAME, namespace: NAMESPACE, labels };
  return {
    verb: 'create',
    ref: endpointsRef,
    object: { apiVersion: 'v1', kind: 'Endpoints', metadata, subsets } as KubeObject,
  };
}

function sliceAction(view: View, ip: string): Action | undefined {
  const body = {
    addressType: ip.includes(':') ? 'IPv6' : 'IPv4',
    endpoints: [{ addresses: [ip], conditions: { ready: true } }],
    ports: [{ name: 'https', port: SECURE_PORT, protocol: 'TCP' }],
  };
  const labels = { 'kubernetes.io/service-name': NAME };
  const found = view.get<EndpointSlice>('endpointslices.discovery.k8s.io', NAMESPACE, NAME);
  if (found) {
    const same =
      semanticEqual(found.metadata.labels, labels) &&
      semanticEqual(found.endpoints, body.endpoints) &&
      semanticEqual(found.ports, body.ports);
    if (same) return undefined;
    return {
      verb: 'update',
      ref: sliceRef,
      object: { ...found, ...body, metadata: { ...found.metadata, labels } } as KubeObject,
    };
  }
  const metadata = { name: NAME, namespace: NAMESPACE, labels };
  return {
    verb: 'create',
    ref: sliceRef,
    object: { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata, ...body } as KubeObject,
  };
}
