import type { View } from '../../../api';
import {
  choose,
  destinationKey,
  endedConnections,
  isInSet,
  serverKey,
  serverTitle,
  type VirtualServer,
} from '../ipvs';
import type { Memory } from '../memory';
import type { NetworkOptions } from '../options';
import { isOwnAddress, type NodePlace } from '../places';
import { hostPortRules, withHostPorts } from '../rules/host-ports';
import type { Ruleset } from '../rules/rules';
import { rememberSource } from '../state';
import { type BuiltKernel, builtKernel } from './built-kernel';
import type { Flow, Surroundings } from './interpret';
import { EMPTY_KERNEL } from './kernel';
import type { Schedule } from './traverse';

/** What kube-proxy has left in the kernel of a node. */
export function kernelOf(memory: Memory, node: string): BuiltKernel {
  return builtKernel(memory.state.kernels[node] ?? EMPTY_KERNEL);
}

/** All rules of a node: kube-proxy's, and those of the Pod network for host ports. */
export function rulesetAt(view: View, memory: Memory, node: string): Ruleset {
  return withHostPorts(kernelOf(memory, node).iptables, hostPortRules(view, node));
}

/** Whether the node takes packets for an address: one of its own, or of the dummy interface kube-ipvs0. */
export function isTaken(memory: Memory, node: NodePlace, ip: string): boolean {
  return isOwnAddress(node, ip) || kernelOf(memory, node.name).ipvs?.bound.includes(ip) === true;
}

/** A packet's network, and whom to tell that its way may be another one the next time. */
interface Around {
  readonly options: NetworkOptions;
  readonly memory: Memory;
  varies(): void;
}

/** What the rules of a node see around them. */
export function surroundings({ options, memory, varies }: Around, node: NodePlace): Surroundings {
  const key = (list: string, source: string) => `${node.name} ${list} ${source}`;
  return {
    node: node.name,
    isLocal: (ip) => isTaken(memory, node, ip),
    chance() {
      varies();
      return options.random.next();
    },
    lastSeen(list, source) {
      varies();
      return memory.state.recent[key(list, source)];
    },
    remember(list, source) {
      varies();
      memory.change(rememberSource(memory.state, key(list, source), options.clock.now()));
    },
    inSet(name, ends, flow) {
      varies();
      const set = kernelOf(memory, node.name).ipvs?.sets[name];
      return set !== undefined && isInSet(set, ends, flow);
    },
    now: options.clock.now(),
  };
}

/** The IPVS of a node: chooses by each virtual server's scheduler, and keeps persistent clients where they were. */
export function scheduleAt(options: NetworkOptions, memory: Memory, node: string): Schedule | undefined {
  const { ipvs } = kernelOf(memory, node);
  if (ipvs === undefined) return undefined;
  return (flow) => {
    const key = serverKey(flow.protocol, flow.ip, flow.port);
    const server = ipvs.servers[key];
    return server === undefined ? undefined : scheduled(options, memory, node, key, server, flow);
  };
}

function scheduled(
  options: NetworkOptions,
  memory: Memory,
  node: string,
  key: string,
  server: VirtualServer,
  flow: Flow,
): ReturnType<Schedule> {
  const now = options.clock.now();
  const place = `${node} ${key}`;
  const client = `${place} ${flow.source}`;
  const { ipvs, connections } = memory.state;
  const kept = server.persistentSeconds === undefined ? undefined : ipvs.clients[client];
  const open = server.destinations.filter(({ weight }) => weight > 0);
  const same =
    kept !== undefined && kept.until > now
      ? open.find((each) => destinationKey(each) === kept.to)
      : undefined;
  const to =
    same ??
    choose(server, {
      last: ipvs.last[place],
      source: flow.source,
      connections: (each) => endedConnections({ node, connections, now }, server, each),
    });
  const title = serverTitle(server);
  if (to === undefined) {
    const effect = 'rejects the packet: the virtual server has no destinations';
    return { to, hop: { at: `node ${node}`, rule: title, effect, object: server.origin } };
  }
  const name = destinationKey(to);
  memory.change({
    ...memory.state,
    ipvs: {
      ...ipvs,
      last: same === undefined ? { ...ipvs.last, [place]: name } : ipvs.last,
      clients:
        server.persistentSeconds === undefined
          ? ipvs.clients
          : { ...ipvs.clients, [client]: { to: name, until: now + server.persistentSeconds * 1000 } },
    },
  });
  const why =
    same === undefined
      ? `one of ${open.length} by ${server.scheduler}`
      : `where ${flow.source} went before (persistent ${server.persistentSeconds})`;
  return {
    to: { ip: to.ip, port: to.port },
    hop: {
      at: `node ${node}`,
      rule: title,
      effect: `rewrites the destination to ${name}`,
      detail: `IPVS chooses ${name}, ${why}`,
      object: to.origin,
    },
  };
}
