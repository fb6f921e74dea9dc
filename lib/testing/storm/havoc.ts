import type { Blow, Fault, KubeObject, Node, Pod, Stored, Vantage } from '../../api';
import { CONFIG_MAPS, NAMES, NAMESPACE, PODS, POLICIES } from './refs';
import { anyName, pick, type Sky } from './sky';

/** Something that breaks machines, links, processes or the rules of the network. */
export type Havoc = (sky: Sky) => Promise<unknown>;

const SYSTEM = 'kube-system';

const anyNode = ({ view, random }: Sky): string => pick(random, view.list<Node>('nodes', '')).metadata.name;

/** A Pod that somebody brings back when it goes: static ones are left alone. */
function anyPod({ view, random }: Sky): Stored<Pod> {
  const owned = ({ metadata }: Stored<Pod>) => metadata.ownerReferences?.some(({ kind }) => kind !== 'Node');
  return pick(random, [
    ...view.list<Pod>('pods', NAMESPACE),
    ...view.list<Pod>('pods', SYSTEM).filter(owned),
  ]);
}

function anyPlace(sky: Sky): Vantage {
  const { metadata } = anyPod(sky);
  return pick<Vantage>(sky.random, [
    { kind: 'node', name: anyNode(sky) },
    { kind: 'pod', namespace: metadata.namespace ?? '', name: metadata.name },
    { kind: 'office' },
    { kind: 'internet' },
  ]);
}

async function breaks({ faults }: Sky, fault: Fault): Promise<void> {
  faults.inject(fault);
}

async function strikes({ faults }: Sky, blow: Blow): Promise<void> {
  faults.strike(blow);
}

const named = (sky: Sky) => {
  const { namespace = '', name } = anyPod(sky).metadata;
  return { namespace, pod: name };
};

/** A policy that keeps some Pods apart: from all, from some, or on some ports only. */
function policyOf({ random }: Sky): KubeObject {
  const peers = [{ podSelector: { matchLabels: { app: anyName(random) } } }];
  const ports = [{ port: pick(random, [80, 'web']) }];
  const rules = (side: 'from' | 'to') =>
    pick<object[]>(random, [[], [{}], [{ [side]: peers }], [{ [side]: peers, ports }], [{ ports }]]);
  const spec = {
    podSelector: pick(random, [{}, { matchLabels: { app: anyName(random) } }]),
    policyTypes: pick(random, [['Ingress'], ['Egress'], ['Ingress', 'Egress']]),
    ingress: rules('from'),
    egress: rules('to'),
  };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: anyName(random), namespace: NAMESPACE },
    spec,
  } as unknown as KubeObject;
}

/** kube-proxy in another mode on one node: the ConfigMap is all nodes', its Pod is started anew there. */
async function otherProxyMode(sky: Sky): Promise<void> {
  const { client, view, random } = sky;
  const map = view.get<KubeObject & { readonly data?: Readonly<Record<string, string>> }>(
    'configmaps',
    SYSTEM,
    'kube-proxy',
  );
  const config = map?.data?.['config.conf'] ?? '';
  const mode = pick(random, ['""', 'iptables', 'ipvs']);
  await client.patch(CONFIG_MAPS, SYSTEM, 'kube-proxy', 'merge', {
    data: { 'config.conf': config.replace(/^mode: .*$/m, `mode: ${mode}`) },
  });
  const node = anyNode(sky);
  const pod = view
    .list<Pod>('pods', SYSTEM)
    .find(({ metadata, spec }) => metadata.labels?.['k8s-app'] === 'kube-proxy' && spec?.nodeName === node);
  if (pod) await client.delete(PODS, SYSTEM, pod.metadata.name);
}

/** What may break; names serve the log. */
export const HAVOC: Readonly<Record<string, Havoc>> = {
  createPolicy: (sky) => sky.client.create(POLICIES, NAMESPACE, policyOf(sky)),
  deletePolicy: (sky) => sky.client.delete(POLICIES, NAMESPACE, pick(sky.random, NAMES)),
  otherProxyMode,
  cutLink: (sky) =>
    breaks(sky, {
      kind: 'cut-link',
      from: anyPlace(sky),
      to: anyPlace(sky),
      ...(pick(sky.random, [true, false]) ? { oneWay: true } : {}),
    }),
  nodeDown: (sky) => breaks(sky, { kind: 'node-down', node: anyNode(sky) }),
  stopKubelet: (sky) => breaks(sky, { kind: 'kubelet-stopped', node: anyNode(sky) }),
  stopKubeProxy: (sky) => breaks(sky, { kind: 'kube-proxy-stopped', node: anyNode(sky) }),
  stopDns: (sky) => breaks(sky, { kind: 'dns-stopped' }),
  breakProbe: (sky) =>
    breaks(sky, { kind: 'probe-broken', ...named(sky), probe: pick(sky.random, ['liveness', 'readiness']) }),
  killProcess: (sky) => strikes(sky, { kind: 'kill-process', ...named(sky) }),
  killPod: (sky) => strikes(sky, { kind: 'kill-pod', ...named(sky) }),
  mend: async (sky) => {
    const { active } = sky.faults;
    if (active.length > 0) sky.faults.lift(pick(sky.random, active));
  },
};

/** Mends all that is broken; nodes boot, since only that clears what a kube-proxy of another mode left behind. */
export async function mendAll({ client, view, faults }: Sky): Promise<void> {
  for (const fault of faults.active) faults.lift(fault);
  for (const { metadata } of view.list('networkpolicies.networking.k8s.io', NAMESPACE))
    await client.delete(POLICIES, NAMESPACE, metadata.name);
  for (const { metadata } of view.list<Node>('nodes', '')) {
    const down: Fault = { kind: 'node-down', node: metadata.name };
    faults.inject(down);
    faults.lift(down);
  }
}
