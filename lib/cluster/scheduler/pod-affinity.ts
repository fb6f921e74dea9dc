import {
  type LabelSelector,
  matchesLabels,
  type Node,
  type Pod,
  type Stored,
  selectorFromLabelSelector,
} from '../../api';

type Affinity = NonNullable<NonNullable<NonNullable<Pod['spec']>['affinity']>['podAffinity']>;
type Term = NonNullable<Affinity['requiredDuringSchedulingIgnoredDuringExecution']>[number];

/** Nodes and the Pods on them, as one scheduling attempt sees them. */
export interface Placement {
  readonly nodes: readonly Stored<Node>[];
  readonly podsOn: ReadonlyMap<string, readonly Stored<Pod>[]>;
  /** The labels of a namespace. */
  namespaceLabels(name: string): Readonly<Record<string, string>>;
}

const label = (node: Node, key: string): string | undefined => node.metadata.labels?.[key];

/** A selector together with what the owner's own labels add to it (matchLabelKeys, mismatchLabelKeys). */
export function selectorWithKeys(
  { labelSelector, matchLabelKeys, mismatchLabelKeys }: Pick<Term, 'labelSelector'> & Keys,
  owner: Pod,
): LabelSelector {
  const values = (key: string): readonly string[] => {
    const value = owner.metadata.labels?.[key];
    return value === undefined ? [] : [value];
  };
  const added = (keys: readonly string[] = [], operator: 'In' | 'NotIn'): LabelSelector =>
    keys.filter((key) => values(key).length > 0).map((key) => ({ key, operator, values: values(key) }));
  return [
    ...selectorFromLabelSelector(labelSelector ?? {}),
    ...added(matchLabelKeys, 'In'),
    ...added(mismatchLabelKeys, 'NotIn'),
  ];
}

interface Keys {
  readonly matchLabelKeys?: readonly string[] | undefined;
  readonly mismatchLabelKeys?: readonly string[] | undefined;
}

/** Whether a term of `owner` is about another Pod: by its namespace and its labels. */
function termMatches(term: Term, owner: Pod, candidate: Pod, placement: Placement): boolean {
  if (term.labelSelector === undefined) return false;
  const { namespace = '' } = candidate.metadata;
  return (
    isAbout(term, owner, namespace, placement) &&
    matchesLabels(selectorWithKeys(term, owner), candidate.metadata.labels)
  );
}

function isAbout(term: Term, owner: Pod, namespace: string, placement: Placement): boolean {
  if (term.namespaces?.includes(namespace)) return true;
  if (term.namespaceSelector)
    return matchesLabels(
      selectorFromLabelSelector(term.namespaceSelector),
      placement.namespaceLabels(namespace),
    );
  return !term.namespaces?.length && namespace === (owner.metadata.namespace ?? '');
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
    podsInDomain(placement, node, term.topologyKey).some((other) => termMatches(term, pod, other, placement)),
  );
  if (clash) return "node(s) didn't match pod anti-affinity rules";
  return isRejected(pod, node, placement)
    ? "node(s) didn't satisfy existing pods anti-affinity rules"
    : undefined;
}

function isNear(term: Term, pod: Pod, node: Node, placement: Placement): boolean {
  if (label(node, term.topologyKey) === undefined) return false;
  if (
    podsInDomain(placement, node, term.topologyKey).some((other) => termMatches(term, pod, other, placement))
  )
    return true;
  // The first Pod of a group that wants to be near itself may go anywhere.
  const anywhere = [...placement.podsOn.values()]
    .flat()
    .some((other) => termMatches(term, pod, other, placement));
  return !anywhere && termMatches(term, pod, pod, placement);
}

function isRejected(pod: Pod, node: Node, placement: Placement): boolean {
  return placement.nodes.some((home) =>
    (placement.podsOn.get(home.metadata.name) ?? []).some((other) =>
      (other.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).some(
        (term) =>
          label(home, term.topologyKey) !== undefined &&
          label(home, term.topologyKey) === label(node, term.topologyKey) &&
          termMatches(term, other, pod, placement),
      ),
    ),
  );
}

/** How much the Pod would like to be on the node, by its preferred terms: each matching Pod of the domain counts. */
export function podPreference(pod: Pod, node: Node, placement: Placement): number {
  const { podAffinity, podAntiAffinity } = pod.spec?.affinity ?? {};
  const sum = (terms: Preferred | undefined): number =>
    (terms ?? []).reduce((total, { weight, podAffinityTerm }) => {
      const there = podsInDomain(placement, node, podAffinityTerm.topologyKey);
      return (
        total + weight * there.filter((other) => termMatches(podAffinityTerm, pod, other, placement)).length
      );
    }, 0);
  return (
    sum(podAffinity?.preferredDuringSchedulingIgnoredDuringExecution) -
    sum(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution)
  );
}

type Preferred = NonNullable<Affinity['preferredDuringSchedulingIgnoredDuringExecution']>;
