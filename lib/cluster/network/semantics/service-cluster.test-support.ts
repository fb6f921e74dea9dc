import type { EndpointSlice, Protocol, Service, Stored, Vantage } from '../../../api';
import {
  brief,
  GET,
  type HandMade,
  handMade,
  type PodSpec,
  proxyPods,
  stored,
} from '../hand-made-cluster.test-support';

/** The mode that kube-proxy runs in. */
export type Mode = 'iptables' | 'ipvs';

export const WEB: readonly PodSpec[] = [
  { name: 'web-1', ip: '10.244.1.2', node: 'worker-1', image: 'nginx' },
  { name: 'web-2', ip: '10.244.2.2', node: 'worker-2', image: 'nginx' },
  { name: 'web-3', ip: '10.244.2.3', node: 'worker-2', image: 'nginx' },
];
const SLEEPERS: readonly PodSpec[] = [
  { name: 'client', ip: '10.244.1.9', node: 'worker-1', image: 'busybox', command: ['sleep', 'infinity'] },
  { name: 'other', ip: '10.244.1.8', node: 'worker-1', image: 'busybox', command: ['sleep', 'infinity'] },
];

export const pod = (name: string): Vantage => ({ kind: 'pod', namespace: 'default', name });
export const node = (name: string): Vantage => ({ kind: 'node', name });
export const client = pod('client');
export const office: Vantage = { kind: 'office' };

export const CLUSTER_IP = '10.96.15.200';
export const NODE_PORT = 30007;
/** An external and a load balancer address, both of the office's network. */
export const EXTERNAL_IP = '192.168.50.200';
export const LB_IP = '192.168.50.201';
export const NODE_IP = { cp: '192.168.50.10', w1: '192.168.50.11', w2: '192.168.50.12' } as const;

export type Loose = { readonly [field: string]: unknown };

/** A Service that everything leads to: cluster IP, node port, external IP and load balancer. */
export function reachable(spec: Loose = {}, status: Loose = {}, labels: Loose = {}): Stored<Service> {
  return stored<Service>('Service', 'default', 'web', {
    metadata: { labels },
    spec: {
      type: 'LoadBalancer',
      clusterIP: CLUSTER_IP,
      clusterIPs: [CLUSTER_IP],
      externalIPs: [EXTERNAL_IP],
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80, nodePort: NODE_PORT }],
      ...spec,
    },
    status: { loadBalancer: { ingress: [{ ip: LB_IP, ...status }] } },
  });
}

/** An endpoint: a Pod's place and what the controller says of it. */
export interface EndpointSpec {
  readonly ip: string;
  readonly node: string;
  readonly ready?: boolean;
  readonly serving?: boolean;
  readonly terminating?: boolean;
  readonly zones?: readonly string[];
  readonly nodes?: readonly string[];
}

/** A slice of the Service "web". */
export function endpointSlice(
  endpoints: readonly EndpointSpec[],
  ports: readonly Loose[] = [{ name: '', port: 80, protocol: 'TCP' }],
  name = 'web-abcde',
): Stored<EndpointSlice> {
  return stored<EndpointSlice>('EndpointSlice', 'default', name, {
    metadata: { labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    ports,
    endpoints: endpoints.map(({ ip, node: nodeName, ready = true, zones, nodes, ...rest }) => ({
      addresses: [ip],
      nodeName,
      conditions: { ready, serving: rest.serving ?? ready, terminating: rest.terminating ?? false },
      ...(zones === undefined && nodes === undefined
        ? {}
        : {
            hints: {
              ...(zones === undefined ? {} : { forZones: zones.map((each) => ({ name: each })) }),
              ...(nodes === undefined ? {} : { forNodes: nodes.map((each) => ({ name: each })) }),
            },
          }),
    })),
  });
}

/** All of WEB, as endpoints. */
export const ALL: readonly EndpointSpec[] = WEB.map(({ ip, node: on }) => ({ ip, node: on }));

/** A cluster whose kube-proxies run in a mode, with some lines of configuration more. */
export function clusterIn(mode: Mode, objects: readonly Stored[], lines = ''): HandMade {
  return handMade(objects, [...WEB, ...SLEEPERS, ...proxyPods(`mode: ${mode}\n${lines}`)]);
}

/** Who answered, in one word: "web-1", "refused". */
export function ask(
  cluster: HandMade,
  from: Vantage,
  ip: string,
  port: number,
  protocol: Protocol = 'TCP',
): string {
  const sent = cluster.network.send({ from, to: { ip, port }, protocol, request: GET });
  return brief(sent.outcome).replace('delivered ', '');
}

/** Every answer that many tries get, in order. */
export function answers(cluster: HandMade, from: Vantage, ip: string, port: number): string {
  const found = new Set<string>();
  for (let index = 0; index < 60; index += 1) found.add(ask(cluster, from, ip, port));
  return [...found].sort().join(' ');
}

/** Every source that a server saw in many tries. */
export function sources(cluster: HandMade, from: Vantage, ip: string, port: number): string {
  const found = new Set<string>();
  for (let index = 0; index < 60; index += 1) {
    const { outcome } = cluster.network.send({ from, to: { ip, port }, protocol: 'TCP', request: GET });
    found.add(outcome.kind === 'delivered' ? outcome.sourceSeen : outcome.kind);
  }
  return [...found].sort().join(' ');
}
