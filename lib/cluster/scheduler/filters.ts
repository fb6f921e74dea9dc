import type { Node, Pod, Stored, View } from '../../api';
import { matchesNode, tolerates, untolerated } from '../controllers';
import { type Placement, podAffinityReason } from './pod-affinity';
import { amountOf, type Requests, requestsOf, sumRequests } from './pod-requests';
import { type PodClaims, volumeReasons } from './pod-volumes';
import { spreadReason } from './spread';

/** Why a node cannot take a Pod. `hopeless`: evicting other Pods would not help. */
export interface Refusal {
  readonly node: string;
  readonly reasons: readonly string[];
  readonly hopeless: boolean;
}

const HARD_EFFECTS = ['NoSchedule', 'NoExecute'];

/** The scheduler's default filters in their order; the first that refuses tells why. */
export function filter(
  view: View,
  pod: Pod,
  claims: PodClaims,
  node: Stored<Node>,
  placement: Placement,
): Refusal | undefined {
  const refused = refusalOf(view, pod, claims, node, placement);
  return refused && { node: node.metadata.name, ...refused };
}

function refusalOf(
  view: View,
  pod: Pod,
  claims: PodClaims,
  node: Stored<Node>,
  placement: Placement,
): Omit<Refusal, 'node'> | undefined {
  const reason = nodeReason(pod, node);
  if (reason !== undefined) return { reasons: [reason], hopeless: true };
  const pods = placement.podsOn.get(node.metadata.name) ?? [];
  if (portsTaken(pod, pods)) {
    return { reasons: ["node(s) didn't have free ports for the requested pod ports"], hopeless: false };
  }
  const short = shortages(pod, node, pods);
  if (short !== undefined) return short;
  const volumes = volumeReasons(view, claims, node);
  if (volumes.length > 0) return { reasons: volumes, hopeless: true };
  const spread = spreadReason(pod, node, placement);
  if (spread !== undefined) return { reasons: [spread], hopeless: spread.includes('missing') };
  const affinity = podAffinityReason(pod, node, placement);
  return affinity === undefined
    ? undefined
    : { reasons: [affinity], hopeless: affinity.includes("didn't match pod affinity") };
}

const UNSCHEDULABLE_TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

/** Why a node is none for the Pod, whoever else is there. */
function nodeReason(pod: Pod, node: Node): string | undefined {
  const ignoresCordon = pod.spec?.tolerations?.some((each) => tolerates(each, UNSCHEDULABLE_TAINT));
  if (node.spec?.unschedulable && !ignoresCordon) return 'node(s) were unschedulable';
  if (untolerated(pod, node, HARD_EFFECTS) !== undefined) return 'node(s) had untolerated taint(s)';
  return matchesNode(pod, node) ? undefined : "node(s) didn't match Pod's node affinity/selector";
}

type HostPort = { readonly ip: string; readonly protocol: string; readonly port: number };

function hostPorts(pod: Pod): readonly HostPort[] {
  return (pod.spec?.containers ?? []).flatMap((container) =>
    (container.ports ?? [])
      .filter((port) => port.hostPort)
      .map((port) => ({
        ip: port.hostIP || '0.0.0.0',
        protocol: port.protocol ?? 'TCP',
        port: port.hostPort ?? 0,
      })),
  );
}

/** Whether Pods that are there have the host ports that a Pod asks for. */
export function portsTaken(pod: Pod, pods: readonly Pod[]): boolean {
  const wanted = hostPorts(pod);
  if (wanted.length === 0) return false;
  const used = pods.flatMap(hostPorts);
  return wanted.some((a) =>
    used.some(
      (b) =>
        a.port === b.port &&
        a.protocol === b.protocol &&
        (a.ip === b.ip || a.ip === '0.0.0.0' || b.ip === '0.0.0.0'),
    ),
  );
}

/** The resources that a node is short of for a Pod, beside those that are there; `hopeless` if it is too small at all. */
export function shortages(pod: Pod, node: Node, pods: readonly Pod[]): Omit<Refusal, 'node'> | undefined {
  const allocatable = node.status?.allocatable as Readonly<Record<string, string>> | undefined;
  // A node that reports nothing (made by hand) is taken at its word only for what it does report.
  if (allocatable === undefined) return undefined;
  const room = (resource: string): number => amountOf(resource, allocatable[resource]);
  const wanted = requestsOf(pod);
  const used: Requests = sumRequests(pods);
  const reasons: string[] = [];
  if (pods.length + 1 > room('pods')) reasons.push('Too many pods');
  let hopeless = false;
  for (const [resource, amount] of wanted) {
    if (amount === 0 || amount <= room(resource) - (used.get(resource) ?? 0)) continue;
    reasons.push(`Insufficient ${resource}`);
    hopeless ||= amount > room(resource);
  }
  return reasons.length === 0 ? undefined : { reasons, hopeless };
}
