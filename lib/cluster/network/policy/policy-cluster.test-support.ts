import type { Protocol, Stored, Vantage } from '../../../api';
import {
  GET,
  handMade,
  namespace,
  type PodSpec,
  service,
  slice,
  stored,
} from '../hand-made-cluster.test-support';

const idle = { image: 'busybox', command: ['sleep', 'infinity'] } as const;
const PODS: readonly PodSpec[] = [
  {
    name: 'db',
    ip: '10.244.1.2',
    node: 'worker-1',
    image: 'nginx',
    labels: { app: 'db' },
    ports: [{ name: 'web', containerPort: 80 }],
  },
  { name: 'api', ip: '10.244.1.3', node: 'worker-1', labels: { app: 'api', tier: 'back' }, ...idle },
  { name: 'shop', ip: '10.244.2.4', node: 'worker-2', labels: { app: 'shop' }, ...idle },
  {
    name: 'mon',
    namespace: 'ops',
    ip: '10.244.2.5',
    node: 'worker-2',
    labels: { app: 'mon', tier: 'back' },
    ...idle,
  },
  {
    name: 'host',
    ip: '192.168.50.12',
    node: 'worker-2',
    labels: { app: 'api' },
    spec: { hostNetwork: true },
    ...idle,
  },
  {
    name: 'neighbour',
    ip: '192.168.50.11',
    node: 'worker-1',
    labels: { app: 'other' },
    spec: { hostNetwork: true },
    ...idle,
  },
];
const NAMESPACES = [namespace('ops', { team: 'ops' })];
export const DB = '10.244.1.2';
export const clusterIP = '10.96.7.7';
const SERVICE = [
  service('db', {
    type: 'NodePort',
    clusterIP,
    clusterIPs: [clusterIP],
    ports: [{ port: 5432, protocol: 'TCP', targetPort: 80, nodePort: 30007 }],
  }),
  slice('db', { port: 80 }, [{ ip: DB, node: 'worker-1' }]),
];

export const pod = (name: string, ns = 'default'): Vantage => ({ kind: 'pod', namespace: ns, name });
export const policy = (name: string, spec: object, ns = 'default'): Stored =>
  stored('NetworkPolicy', ns, name, { spec });
export const cluster = (...policies: readonly Stored[]) =>
  handMade([...NAMESPACES, ...SERVICE, ...policies], PODS);

export const toDb = { podSelector: { matchLabels: { app: 'db' } } };
export const tcp = (port?: number | string, endPort?: number) => ({
  protocol: 'TCP',
  ...(port === undefined ? {} : { port }),
  ...(endPort === undefined ? {} : { endPort }),
});
export const ingress = (...rules: readonly object[]) => ({
  ...toDb,
  policyTypes: ['Ingress'],
  ingress: rules,
});
export const egress = (app: string, ...rules: readonly object[]) => ({
  podSelector: { matchLabels: { app } },
  policyTypes: ['Egress'],
  egress: rules,
});
export const from = (...peers: readonly object[]) => ({ from: peers });
export const labels = (matchLabels: object) => ({ matchLabels });
export const YES = 'delivered db';
export const NO = 'dropped';

export type Row = readonly [
  title: string,
  policies: readonly Stored[],
  sender: Vantage,
  to: readonly [string, number],
  expected: string,
];
export const one = (spec: object) => [policy('p', spec)];
export const direct = [DB, 80] as const;

export const sent = (
  policies: readonly Stored[],
  sender: Vantage,
  [ip, port]: readonly [string, number],
  protocol: Protocol = 'TCP',
) => cluster(...policies).network.send({ from: sender, to: { ip, port }, protocol, request: GET });
