/** One clause of a label selector, as metav1.LabelSelectorRequirement or a `-l` expression gives it. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | '=' | '!=' | 'gt' | 'lt';
  readonly values: readonly string[];
}

/** All requirements must hold; an empty list selects everything. */
export type LabelSelector = readonly Requirement[];

type Labels = Readonly<Record<string, string>>;

/** Whether `labels` satisfy every requirement (labels.Selector.Matches). */
export function matchesLabels(selector: LabelSelector, labels: Labels | undefined): boolean {
  return selector.every((requirement) => matchesRequirement(requirement, labels ?? {}));
}

function matchesRequirement({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'In':
    case '=':
      return value !== undefined && values.includes(value);
    case 'NotIn':
    case '!=':
      return value === undefined || !values.includes(value);
    case 'gt':
      return value !== undefined && /^-?\d+$/.test(value) && Number(value) > Number(values[0]);
    case 'lt':
      return value !== undefined && /^-?\d+$/.test(value) && Number(value) < Number(values[0]);
  }
}

/** The selector of a Service or ReplicationController: equality on every key. An absent or empty map selects nothing. */
export function selectorFromMap(map: Labels | undefined): LabelSelector {
  return Object.entries(map ?? {}).map(([key, value]) => ({ key, operator: '=', values: [value] }));
}

/** metav1.LabelSelector, as objects hold it. */
export type SelectorObject = {
  readonly matchLabels?: Labels | undefined;
  readonly matchExpressions?:
    | readonly {
        readonly key: string;
        readonly operator: string;
        readonly values?: readonly string[] | undefined;
      }[]
    | undefined;
};

/** metav1.LabelSelector as requirements. */
export function selectorFromLabelSelector(selector: SelectorObject): LabelSelector {
  const expressions = (selector.matchExpressions ?? []).map((each) => ({
    key: each.key,
    operator: each.operator as Requirement['operator'],
    values: each.values ?? [],
  }));
  return [...selectorFromMap(selector.matchLabels), ...expressions];
}
