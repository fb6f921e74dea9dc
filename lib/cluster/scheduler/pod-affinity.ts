import { matchesLabels, type Node, type Pod, type Stored, selectorFromLabelSelector } from '../../api';

type Affinity = NonNullable<NonNullable<NonNullable<Pod['spec']>['affinity']>['podAffinity']>;
type Term = NonNullable<Affinity['requiredDuringSchedulingIgnoredDuringExecution']>[number];
type Spread = NonNullable<NonNullable<Pod['spec']>['topologySpreadConstraints']>[number];

/** Nodes and the Pods on them, as one scheduling attempt sees them. */
export interface Placement {
  readonly nodes: readonly Stored<Node>[];
  readonly podsOn: ReadonlyMap<string, readonly Stored<Pod>[]>;
}

const label = (node: Node, key: string): string | undefined => node.metadata.labels?.[key];

function termMatches(term: Term, owner: Pod, candidate: Pod): boolean {
  const namespaces = term.namespaces?.length ? term.namespaces : [owner.metadata.namespace ?? ''];
  if (!term.namespaceSelector && !namespaces.includes(candidate.metadata.namespace ?? '')) return false;
  if (term.labelSelector === undefined) return false;
  return matchesLabels(selectorFromLabelSelector(term.labelSelector), candidate.metadata.labels);
}

/** Pods on nodes of the same topology domain as `node`. */
function podsInDomain(placement: Placement, node: Node, key: string): readonly Stored<Pod>[] {
  const domain = label(node, key);
  if (domain === undefined) return [];
  return placement.nodes
    .filter((each) => label(each, key) === domain)
    .flatMap((each) => placement.podsOn.get(each.metadata.name) ?? []);
}

/** Why inter-Pod affinity keeps the Pod off the node, in the plugin's words; undefined when it does not. */
export function podAffinityReason(pod: Pod, node: Node, placement: Placement): string | undefined {
  const affinity = pod.spec?.affinity;
  const wanted = affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  if (!wanted.every((term) => isNear(term, pod, node, placement)))
    return "node(s) didn't match pod affinity rules";
  const unwanted = affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const clash = unwanted.some((term) =>
    podsInDomain(placement, node, term.topologyKey).some((other) => termMatches(term, pod, other)),
  );
  if (clash) return "node(s) didn't match pod anti-affinity rules";
  return isRejected(pod, node, placement)
    ? "node(s) didn't satisfy existing pods anti-affinity rules"
    : undefined;
}

function isNear(term: Term, pod: Pod, node: Node, placement: Placement): boolean {
  if (label(node, term.topologyKey) === undefined) return false;
  if (podsInDomain(placement, node, term.topologyKey).some((other) => termMatches(term, pod, other)))
    return true;
  // The first Pod of a group that wants to be near itself may go anywhere.
  const anywhere = [...placement.podsOn.values()].flat().some((other) => termMatches(term, pod, other));
  return !anywhere && termMatches(term, pod, pod);
}

function isRejected(pod: Pod, node: Node, placement: Placement): boolean {
  return placement.nodes.some((home) =>
    (placement.podsOn.get(home.metadata.name) ?? []).some((other) =>
      (other.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).some(
        (term) =>
          label(home, term.topologyKey) !== undefined &&
          label(home, term.topologyKey) === label(node, term.topologyKey) &&
          termMatches(term, other, pod),
      ),
    ),
  );
}

/** Why a topology spread constraint keeps the Pod off the node; undefined when none does. */
export function spreadReason(
  pod: Pod,
  node: Node,
  placement: Placement,
  eligible: readonly Node[],
): string | undefined {
  for (const constraint of pod.spec?.topologySpreadConstraints ?? []) {
    if (constraint.whenUnsatisfiable !== 'DoNotSchedule') continue;
    const domain = label(node, constraint.topologyKey);
    if (domain === undefined)
      return "node(s) didn't match pod topology spread constraints (missing required label)";
    if (skewAt(constraint, pod, domain, placement, eligible) > constraint.maxSkew) {
      return "node(s) didn't match pod topology spread constraints";
    }
  }
  return undefined;
}

function skewAt(
  constraint: Spread,
  pod: Pod,
  domain: string,
  placement: Placement,
  eligible: readonly Node[],
): number {
  const selector = selectorFromLabelSelector(constraint.labelSelector ?? {});
  const counts = new Map<string, number>();
  for (const node of eligible) {
    const key = label(node, constraint.topologyKey);
    if (key === undefined) continue;
    const matching = (placement.podsOn.get(node.metadata.name ?? '') ?? []).filter(
      (other) =>
        other.metadata.namespace === pod.metadata.namespace &&
        other.metadata.deletionTimestamp === undefined &&
        matchesLabels(selector, other.metadata.labels),
    ).length;
    counts.set(key, (counts.get(key) ?? 0) + matching);
  }
  const self = matchesLabels(selector, pod.metadata.labels) ? 1 : 0;
  return (counts.get(domain) ?? 0) + self - Math.min(...counts.values());
}
