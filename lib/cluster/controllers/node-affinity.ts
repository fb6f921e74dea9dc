import { type LabelSelector, matchesLabels, type Node, type Pod } from '../../api';

type Affinity = NonNullable<NonNullable<NonNullable<Pod['spec']>['affinity']>['nodeAffinity']>;
type Term = NonNullable<
  NonNullable<Affinity['requiredDuringSchedulingIgnoredDuringExecution']>['nodeSelectorTerms']
>[number];

const OPERATORS: Readonly<Record<string, LabelSelector[number]['operator']>> = {
  In: 'In',
  NotIn: 'NotIn',
  Exists: 'Exists',
  DoesNotExist: 'DoesNotExist',
  Gt: 'gt',
  Lt: 'lt',
};

/** Whether a node meets the Pod's nodeSelector and required node affinity. */
export function matchesNode(pod: Pod, node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  const wanted = Object.entries(pod.spec?.nodeSelector ?? {});
  if (!wanted.every(([key, value]) => labels[key] === value)) return false;
  const required =
    pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return required === undefined || matchesNodeSelector(required, node);
}

/** Whether a node meets one of the terms (nodeaffinity.NodeSelector). */
export function matchesNodeSelector(terms: readonly Term[], node: Node): boolean {
  return terms.some((term) => matchesTerm(term, node));
}

/** The weights of the preferred terms that a node meets. */
export function preference(pod: Pod, node: Node): number {
  const preferred = pod.spec?.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return preferred
    .filter((each) => matchesTerm(each.preference, node))
    .reduce((sum, each) => sum + each.weight, 0);
}

function matchesTerm(term: Term, node: Node): boolean {
  const expressions = requirements(term.matchExpressions);
  const fields = requirements(term.matchFields);
  if (expressions.length === 0 && fields.length === 0) return false;
  return (
    matchesLabels(expressions, node.metadata.labels) &&
    matchesLabels(fields, { 'metadata.name': node.metadata.name ?? '' })
  );
}

function requirements(expressions: Term['matchExpressions']): LabelSelector {
  return (expressions ?? []).map((each) => ({
    key: each.key,
    operator: OPERATORS[each.operator] ?? 'In',
    values: each.values ?? [],
  }));
}
