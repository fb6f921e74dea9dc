import type { PolicyRule } from '../../api';

/** A rule of one resource, or one URL. */
interface Simple {
  readonly resource: string;
  readonly group: string;
  readonly url: string;
  readonly name: string;
  readonly verbs: readonly string[];
}

/**
 * Rules resource by resource with the verbs of each together, URLs verb by verb, in the order of their Go texts
 * (kubectl's util/rbac), each as a line of tab-separated cells: resource, URLs, names, verbs.
 */
export function policyRows(rules: readonly PolicyRule[]): readonly string[] {
  return compact(rules).map(({ resource, group, url, name, verbs }) => {
    const [plural = '', part] = resource.split(/\/(.*)/s);
    const whole = `${plural}${group === '' ? '' : `.${group}`}${part === undefined ? '' : `/${part}`}`;
    return `${whole}\t[${url}]\t[${name}]\t[${verbs.join(' ')}]\n`;
  });
}

function compact(rules: readonly PolicyRule[]): readonly Simple[] {
  const simple = new Map<string, Simple>();
  const others: Simple[] = [];
  for (const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs } of rules) {
    const names = resourceNames.length === 0 ? [''] : resourceNames;
    for (const group of apiGroups) {
      for (const resource of resources)
        for (const name of names) add(simple, { group, resource, name, url: '', verbs });
    }
    for (const url of nonResourceURLs) {
      others.push(...verbs.map((verb) => ({ group: '', resource: '', name: '', url, verbs: [verb] })));
    }
  }
  const sorted = [...others, ...simple.values()].map((rule) => ({ rule, text: goText(rule) }));
  sorted.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return sorted.map(({ rule }) => rule);
}

function add(rules: Map<string, Simple>, rule: Simple): void {
  const key = `${rule.group}\n${rule.resource}\n${rule.name}`;
  const known = rules.get(key)?.verbs ?? [];
  rules.set(key, { ...rule, verbs: [...new Set([...known, ...rule.verbs])] });
}

/** As Go prints a rule, by which rules are sorted. */
function goText({ group, resource, url, name, verbs }: Simple): string {
  const groups = url === '' ? group : '';
  return `&PolicyRule{Verbs:[${verbs.join(' ')}],APIGroups:[${groups}],Resources:[${resource}],ResourceNames:[${name}],NonResourceURLs:[${url}],}`;
}
