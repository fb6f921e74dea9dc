import { type Deployment, type Fault, type Faults, notFound, type Pod, type View } from '../../api';
import { deepEqual } from '../../base';
import type { Api } from '../seams';
import type { FaultBook } from './active-fault';

/** What faults act upon. */
export interface Breakable {
  readonly view: View;
  readonly book: FaultBook;
  /** Whoever has all rights. */
  readonly api: Api;
  now(): number;
  /** Has the kubelet, kube-proxy and the node controller look at a node again. */
  wakeNode(node: string): void;
  /** The same, once a kubelet runs that did not. */
  startKubelet(node: string): void;
  /** The machine has booted: its kernel and its containers begin anew. */
  reboot(node: string): void;
  killProcess(namespace: string, pod: string, container: string): void;
}

const DEPLOYMENTS = { group: 'apps', version: 'v1', resource: 'deployments' };
const PODS = { group: '', version: 'v1', resource: 'pods' };
const DNS = { namespace: 'kube-system', name: 'coredns' };

/** Faults over a cluster. */
export function createFaults(cluster: Breakable): Faults {
  const { book } = cluster;
  const find = (fault: Fault) => book.list.find((each) => deepEqual(each.fault, fault));
  return {
    get active() {
      return book.list.map(({ fault }) => fault);
    },
    inject(fault) {
      if (find(fault) !== undefined) return;
      checkNode(cluster.view, fault);
      const before = fault.kind === 'dns-stopped' ? scaleDns(cluster, 0) : undefined;
      const since = cluster.now();
      book.replace([...book.list, { fault, since, ...(before === undefined ? {} : { before }) }]);
      if ('node' in fault) cluster.wakeNode(fault.node);
    },
    lift(fault) {
      const found = find(fault);
      if (found === undefined) return;
      book.replace(book.list.filter((each) => each !== found));
      if (fault.kind === 'dns-stopped') scaleDns(cluster, found.before ?? 2);
      if (fault.kind === 'node-down') cluster.reboot(fault.node);
      else if (fault.kind === 'kubelet-stopped') cluster.startKubelet(fault.node);
      else if ('node' in fault) cluster.wakeNode(fault.node);
    },
    strike(blow) {
      const pod = cluster.view.get<Pod>('pods', blow.namespace, blow.pod);
      if (pod === undefined) throw notFound('pods', '', blow.pod);
      if (blow.kind === 'kill-pod') {
        cluster.api.delete(PODS, blow.namespace, blow.pod, { gracePeriodSeconds: 0 });
        return;
      }
      const container = blow.container ?? pod.spec?.containers[0]?.name ?? '';
      cluster.killProcess(blow.namespace, blow.pod, container);
    },
  };
}

function checkNode(view: View, fault: Fault): void {
  const named = 'node' in fault ? [fault.node] : fault.kind === 'cut-link' ? ends(fault) : [];
  for (const node of named) if (view.get('nodes', '', node) === undefined) throw notFound('nodes', '', node);
}

function ends({ from, to }: Extract<Fault, { readonly kind: 'cut-link' }>): readonly string[] {
  return [from, to].flatMap((place) => (place.kind === 'node' ? [place.name] : []));
}

/** Scales CoreDNS and returns how many there should have been before. */
function scaleDns({ view, api }: Breakable, replicas: number): number | undefined {
  const deployment = view.get<Deployment>('deployments.apps', DNS.namespace, DNS.name);
  if (deployment === undefined) return undefined;
  api.patch(DEPLOYMENTS, DNS.namespace, DNS.name, 'merge', { spec: { replicas } });
  return deployment.spec?.replicas ?? 1;
}
