import type { Delivery, Node, Packet, Pod, Request, Service, Stored, Vantage } from '../../api';
import type { Workspace } from '../../workspace';
import { NAMESPACE } from './refs';
import { readyPods, servicesWithSelector } from './rest-objects';
import { isReady } from './verbs';

const BUILT_IN = new Set(['ACCEPT', 'DROP', 'REJECT', 'RETURN', 'MASQUERADE', 'DNAT', 'MARK']);
const REQUEST: Request = { kind: 'http', method: 'GET', path: '/', host: 'x', headers: {}, body: '' };

/** What is wrong with rules and traffic. Requests leave marks, so give it a copy. */
export function networkProblems(workspace: Workspace): readonly string[] {
  const nodes = workspace.view.list<Node>('nodes', '');
  return [
    ...nodes.flatMap(({ metadata: { name } }) => {
      const host = workspace.network.host({ kind: 'node', name });
      const saved = workspace.network.iptablesSave(name);
      return [
        ...ruleProblems(name, saved),
        ...setProblems(name, saved, host?.ipset({ namesOnly: true }) ?? ''),
      ];
    }),
    ...servicesWithSelector(workspace.view).flatMap((service) => trafficProblems(workspace, nodes, service)),
  ];
}

/** Every jump leads to a chain that exists, and every chain of a Service or endpoint is led to. */
export function ruleProblems(node: string, saved: string): readonly string[] {
  const problems: string[] = [];
  let chains = new Set<string>();
  let targets = new Set<string>();
  for (const line of saved.split('\n')) {
    if (line.startsWith('*')) [chains, targets] = [new Set(), new Set()];
    const chain = /^:(\S+) /.exec(line)?.[1];
    if (chain !== undefined) chains.add(chain);
    const target = / -[jg] (\S+)/.exec(line)?.[1];
    if (target !== undefined) targets.add(target);
    if (line !== 'COMMIT') continue;
    for (const each of targets) {
      if (!chains.has(each) && !BUILT_IN.has(each)) problems.push(`${node}: no chain ${each} to jump to`);
    }
    for (const each of chains) {
      if (/^KUBE-(SVC|SEP|EXT|SVL|FW)-/.test(each) && !targets.has(each))
        problems.push(`${node}: nothing jumps to chain ${each}`);
    }
  }
  return problems;
}

/** Every ipset that a rule asks is there. */
function setProblems(node: string, saved: string, sets: string): readonly string[] {
  const there = new Set(sets.split('\n'));
  const asked = new Set([...saved.matchAll(/--match-set (\S+)/g)].map(([, name]) => name ?? ''));
  return [...asked].filter((name) => !there.has(name)).map((name) => `${node}: no ipset ${name} to ask`);
}

function trafficProblems(
  workspace: Workspace,
  nodes: readonly Stored<Node>[],
  service: Stored<Service>,
): readonly string[] {
  const { clusterIP = 'None', ports = [], externalTrafficPolicy } = service.spec ?? {};
  const [first] = ports;
  if (first === undefined) return [];
  const names = new Set(readyPods(workspace.view, service).map(({ metadata }) => metadata.name));
  const ask = (from: Vantage, ip: string, port: number): readonly string[] => {
    const packet: Packet = { from, to: { ip, port }, protocol: 'TCP', request: REQUEST };
    const got = shortly(workspace.network.send(packet).outcome, names);
    const due = names.size > 0 ? 'answered' : 'refused';
    return got === due
      ? []
      : [`${service.metadata.name} at ${ip}:${port} from ${JSON.stringify(from)}: ${got}, not ${due}`];
  };
  const [pod] = workspace.view.list<Pod>('pods', NAMESPACE).filter(isReady);
  const inside: Vantage[] = nodes.map(({ metadata }) => ({ kind: 'node', name: metadata.name }));
  if (pod) inside.push({ kind: 'pod', namespace: NAMESPACE, name: pod.metadata.name });
  const within: string[] =
    clusterIP === 'None' ? [] : inside.flatMap((from) => ask(from, clusterIP, first.port));
  if (pod && clusterIP !== 'None') {
    const from: Vantage = { kind: 'pod', namespace: NAMESPACE, name: pod.metadata.name };
    const { addresses } = workspace.network.lookup(from, service.metadata.name).outcome;
    if (addresses.join() !== clusterIP)
      within.push(`${service.metadata.name} resolves to [${addresses.join()}]`);
  }
  if (!first.nodePort || externalTrafficPolicy === 'Local') return within;
  const { nodePort } = first;
  const addresses = nodes.map(({ status }) => status?.addresses?.[0]?.address ?? '');
  return [...within, ...addresses.flatMap((ip) => ask({ kind: 'office' }, ip, nodePort))];
}

function shortly(delivery: Delivery, pods: ReadonlySet<string>): string {
  if (delivery.kind !== 'delivered') return delivery.kind;
  const { reply, server } = delivery;
  if (reply.kind !== 'http' || reply.status !== 200) return `${reply.kind} instead of a page`;
  return pods.has(server.pod?.name ?? '') ? 'answered' : `answered by ${server.pod?.name ?? server.ip}`;
}
