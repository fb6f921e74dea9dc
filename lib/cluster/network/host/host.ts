import type { HostNetwork, Pod, Stored, TrackedConnection, Vantage, WaitingSocket } from '../../../api';
import { kubeletStoppedSince } from '../../faults';
import { printConnections, printIpset, printServers, printStatistics } from '../ipvs';
import { type Connection, secondsLeft } from '../kernel/connections';
import { kernelOf, rulesetAt } from '../kernel/node-kernel';
import type { Memory } from '../memory';
import type { NetworkOptions } from '../options';
import { hostPods, locate, type NodePlace } from '../places';
import { isProxyPod, kubeProxyRuns } from '../proxy/proxy-runs';
import { iptablesSave } from '../rules/save';
import { socketsOf } from '../sockets/pod-sockets';
import { daemonsOf } from './daemons';
import { adminInterfaces, nodeInterfaces, podInterfaces } from './interfaces';
import { adminRoutes, nodeRoutes, podRoutes } from './routes';
import { saveDate } from './save-date';

const PRINTERS = { servers: printServers, statistics: printStatistics, connections: printConnections };

/** The machine at a vantage point as its own tools see it; undefined where there is none. */
export function hostAt(options: NetworkOptions, memory: Memory, from: Vantage): HostNetwork | undefined {
  const view = options.view();
  const origin = locate(view, from);
  if (origin?.kind === 'node') {
    const pod = from.kind === 'pod' ? view.get<Pod>('pods', from.namespace, from.name) : undefined;
    return nodeHost(options, memory, origin.node, pod === undefined || isPrivileged(pod));
  }
  if (origin?.kind === 'office')
    return {
      ...emptyKernel(memory),
      kind: 'admin',
      isPrivileged: false,
      interfaces: adminInterfaces,
      routes: adminRoutes,
      sockets: () => [],
    };
  if (origin?.kind !== 'pod') return undefined;
  const { pod, ip, node } = origin;
  return {
    ...emptyKernel(memory),
    kind: 'pod',
    isPrivileged: isPrivileged(pod),
    interfaces: () => podInterfaces(view, node, pod, ip),
    routes: () => podRoutes(node, ip),
    sockets: () => podSockets(options, pod),
  };
}

/** A network namespace in which nobody has written anything. */
function emptyKernel({
  state,
}: Memory): Pick<HostNetwork, 'connections' | 'iptablesSave' | 'ipvsadm' | 'ipset'> {
  return {
    connections: () => [],
    iptablesSave: () => '',
    ipvsadm: (what) =>
      PRINTERS[what]({ node: '', ipvs: undefined, memory: state.ipvs, connections: [], now: 0 }),
    ipset: ({ only }) => (only === undefined ? '' : undefined),
  };
}

function nodeHost(
  options: NetworkOptions,
  memory: Memory,
  node: NodePlace,
  privileged: boolean,
): HostNetwork {
  const view = options.view();
  const { name } = node;
  const now = options.clock.now();
  return {
    kind: 'node',
    isPrivileged: privileged,
    interfaces: () => nodeInterfaces(view, node, kernelOf(memory, name)),
    routes: () => nodeRoutes(view, node),
    sockets: () => nodeSockets(options, node),
    connections: () =>
      memory.state.connections.filter((each) => each.node === name).flatMap((each) => tracked(each, now)),
    iptablesSave: (query) => iptablesSave(rulesetAt(view, memory, name), saveDate(now), query),
    ipvsadm(what) {
      const { ipvs, connections } = memory.state;
      return PRINTERS[what]({
        node: name,
        ipvs: kernelOf(memory, name).ipvs,
        memory: ipvs,
        connections,
        now,
      });
    },
    ipset(query) {
      const { ipvs, iptables } = kernelOf(memory, name);
      return printIpset(ipvs, iptables, query);
    },
  };
}

/** What lets a container look at the tables of the network that it is in. */
function isPrivileged({ spec }: Pod): boolean {
  return (spec?.containers ?? []).some(
    ({ securityContext }) =>
      securityContext?.privileged === true ||
      securityContext?.capabilities?.add?.includes('NET_ADMIN') === true,
  );
}

function podSockets(options: NetworkOptions, pod: Stored<Pod>): readonly WaitingSocket[] {
  return socketsOf(options, pod).map(({ listener, env }, index) => ({
    ...listener,
    process: (env.argv[0] ?? '').split('/').at(-1) ?? '',
    pid: index === 0 ? 1 : index + 6,
  }));
}

const FIRST_POD_PID = 2000;

function nodeSockets(options: NetworkOptions, node: NodePlace): readonly WaitingSocket[] {
  const view = options.view();
  const faults = options.faults();
  const up = {
    kubelet: kubeletStoppedSince(faults, node.name) === undefined,
    kubeProxy: kubeProxyRuns(view, node.name, faults),
  };
  const daemons = daemonsOf(view, node, up);
  const known = new Set(daemons.map(({ protocol, port }) => `${port}/${protocol}`));
  const own = hostPods(view, node.name).filter((pod) => !isProxyPod(pod));
  const pods = own.flatMap((pod, index) =>
    podSockets(options, pod).map((socket) => ({ ...socket, pid: FIRST_POD_PID + index })),
  );
  return [...daemons, ...pods.filter(({ protocol, port }) => !known.has(`${port}/${protocol}`))];
}

function tracked(connection: Connection, now: number): readonly TrackedConnection[] {
  const left = secondsLeft(connection, now);
  if (left === 0) return [];
  const { protocol, state } = connection;
  const answered = state === 'TIME_WAIT' || state === 'CLOSE' || state === 'REPLIED';
  return [
    {
      protocol,
      ...(protocol === 'TCP' ? { state } : {}),
      secondsLeft: left,
      original: {
        source: connection.source,
        sourcePort: connection.sourcePort,
        destination: connection.ip,
        destinationPort: connection.port,
      },
      reply: {
        source: connection.replySource,
        sourcePort: connection.replySourcePort,
        destination: connection.replyTo,
        destinationPort: connection.replyToPort,
      },
      answered,
      assured: state === 'TIME_WAIT',
    },
  ];
}
