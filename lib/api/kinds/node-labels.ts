/** What is said of labels of nodes that others have replaced. */
const DEPRECATED: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region':
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone':
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type':
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
};

interface Term {
  readonly matchExpressions?: readonly { readonly key: string }[] | undefined;
}

/** GetNodeLabelDeprecatedMessage. */
export const deprecatedNodeLabel = (label: string): string | undefined => DEPRECATED[label];

/** GetWarningsForNodeSelectorTerm. */
export function nodeTermWarnings({ matchExpressions = [] }: Term, path: string): readonly string[] {
  return matchExpressions.flatMap(({ key }, index) => {
    const message = deprecatedNodeLabel(key);
    return message === undefined ? [] : [`${path}.matchExpressions[${index}].key: ${key} is ${message}`];
  });
}
