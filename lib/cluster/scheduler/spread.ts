import { matchesLabels, type Node, type Pod, type Stored } from '../../api';
import { matchesNode, untolerated } from '../controllers';
import { type Placement, selectorWithKeys } from './pod-affinity';

type Spread = NonNullable<NonNullable<Pod['spec']>['topologySpreadConstraints']>[number];

const label = (node: Node, key: string): string | undefined => node.metadata.labels?.[key];

const constraintsOf = (pod: Pod, whenUnsatisfiable: string): readonly Spread[] =>
  (pod.spec?.topologySpreadConstraints ?? []).filter((each) => each.whenUnsatisfiable === whenUnsatisfiable);

/** Why a topology spread constraint keeps the Pod off the node; undefined when none does. */
export function spreadReason(pod: Pod, node: Node, placement: Placement): string | undefined {
  const constraints = constraintsOf(pod, 'DoNotSchedule');
  for (const constraint of constraints) {
    const domain = label(node, constraint.topologyKey);
    if (domain === undefined)
      return "node(s) didn't match pod topology spread constraints (missing required label)";
    const counts = countsOf(constraint, constraints, pod, placement);
    const selector = selectorWithKeys(constraint, pod);
    const self = matchesLabels(selector, pod.metadata.labels) ? 1 : 0;
    const enough = counts.size >= (constraint.minDomains ?? 1);
    const least = enough && counts.size > 0 ? Math.min(...counts.values()) : 0;
    if ((counts.get(domain) ?? 0) + self - least > constraint.maxSkew)
      return "node(s) didn't match pod topology spread constraints";
  }
  return undefined;
}

/** How many Pods like it the node's domains have already, by the constraints that may be broken; the fewer the better. */
export function crowd(pod: Pod, node: Node, placement: Placement): number | undefined {
  const constraints = constraintsOf(pod, 'ScheduleAnyway');
  if (constraints.length === 0) return undefined;
  return constraints.reduce((sum, constraint) => {
    const domain = label(node, constraint.topologyKey);
    const counts = countsOf(constraint, constraints, pod, placement);
    return sum + (domain === undefined ? Math.max(0, ...counts.values()) + 1 : (counts.get(domain) ?? 0));
  }, 0);
}

/** How many matching Pods each domain has, among the nodes that count for a constraint. */
function countsOf(
  constraint: Spread,
  all: readonly Spread[],
  pod: Pod,
  placement: Placement,
): ReadonlyMap<string, number> {
  const selector = selectorWithKeys(constraint, pod);
  const counts = new Map<string, number>();
  for (const node of placement.nodes) {
    const domain = label(node, constraint.topologyKey);
    if (domain === undefined || !counted(constraint, all, pod, node)) continue;
    const matching = (placement.podsOn.get(node.metadata.name) ?? []).filter(
      ({ metadata }) =>
        metadata.namespace === pod.metadata.namespace &&
        metadata.deletionTimestamp === undefined &&
        matchesLabels(selector, metadata.labels),
    ).length;
    counts.set(domain, (counts.get(domain) ?? 0) + matching);
  }
  return counts;
}

/** Nodes that the Pod could not be on are left out, as nodeAffinityPolicy and nodeTaintsPolicy say. */
function counted(constraint: Spread, all: readonly Spread[], pod: Pod, node: Stored<Node>): boolean {
  if (all.some(({ topologyKey }) => label(node, topologyKey) === undefined)) return false;
  if (constraint.nodeAffinityPolicy !== 'Ignore' && !matchesNode(pod, node)) return false;
  return (
    constraint.nodeTaintsPolicy !== 'Honor' ||
    untolerated(pod, node, ['NoSchedule', 'NoExecute']) === undefined
  );
}
