import { goQuote } from '../../go-format';
import type { PolicyRule } from '../../types';

const ALL = '*';

/** Whether a rule's URL, which may end in a star, is meant for a path. */
export function urlCovers(url: string, path: string): boolean {
  return url === path || (url.endsWith(ALL) && path.startsWith(url.replace(/\*+$/, '')));
}

/** A rule as rules of one verb, one resource and one name, or one verb and one URL (BreakdownRule). */
export function breakDown(rule: PolicyRule): readonly PolicyRule[] {
  const { verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const names = resourceNames.length === 0 ? [undefined] : resourceNames;
  const parts: PolicyRule[] = [];
  for (const group of apiGroups)
    for (const resource of resources)
      for (const verb of verbs)
        for (const name of names) {
          const part = { apiGroups: [group], resources: [resource], verbs: [verb] };
          parts.push(name === undefined ? part : { ...part, resourceNames: [name] });
        }
  for (const url of nonResourceURLs)
    for (const verb of verbs) parts.push({ nonResourceURLs: [url], verbs: [verb] });
  return parts;
}

/** What of some rules is not held by who holds others (validation.Covers), broken down. */
export function uncovered(held: readonly PolicyRule[], wanted: readonly PolicyRule[]): readonly PolicyRule[] {
  return wanted.flatMap(breakDown).filter((part) => !held.some((rule) => covers(rule, part)));
}

function covers(held: PolicyRule, part: PolicyRule): boolean {
  const names = held.resourceNames ?? [];
  return (
    holdsAll(held.verbs, part.verbs) &&
    holdsAll(held.apiGroups ?? [], part.apiGroups ?? []) &&
    resourcesCover(held.resources ?? [], part.resources ?? []) &&
    (part.nonResourceURLs ?? []).every((url) =>
      (held.nonResourceURLs ?? []).some((own) => urlCovers(own, url)),
    ) &&
    (names.length === 0 ||
      ((part.resourceNames ?? []).length > 0 &&
        (part.resourceNames ?? []).every((each) => names.includes(each))))
  );
}

const holdsAll = (held: readonly string[], asked: readonly string[]): boolean =>
  held.includes(ALL) || asked.every((each) => held.includes(each));

function resourcesCover(held: readonly string[], asked: readonly string[]): boolean {
  return (
    held.includes(ALL) ||
    asked.every((each) => {
      const slash = each.indexOf('/');
      return held.includes(each) || (slash >= 0 && held.includes(`*${each.slice(slash)}`));
    })
  );
}

/** Rules of one resource that differ only by verb, made one (CompactRules). */
export function compactRules(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  const complex = rules.filter((rule) => !isSimple(rule));
  const simple = new Map<string, PolicyRule>();
  for (const rule of rules.filter(isSimple)) {
    const key = JSON.stringify([rule.apiGroups, rule.resources, rule.resourceNames ?? []]);
    const known = simple.get(key);
    const verbs = known ? [...new Set([...known.verbs, ...rule.verbs])] : rule.verbs;
    simple.set(key, { ...rule, verbs });
  }
  return [...complex, ...simple.values()];
}

const isSimple = ({ apiGroups, resources, resourceNames = [], nonResourceURLs = [] }: PolicyRule): boolean =>
  nonResourceURLs.length === 0 &&
  resourceNames.length <= 1 &&
  apiGroups?.length === 1 &&
  resources?.length === 1;

/** A rule on one line, as refusals name it (CompactString). */
export function compactText(rule: PolicyRule): string {
  const { apiGroups, resources, nonResourceURLs, resourceNames, verbs } = rule;
  const parts = [
    ['APIGroups', apiGroups],
    ['Resources', resources],
    ['NonResourceURLs', nonResourceURLs],
    ['ResourceNames', resourceNames],
    ['Verbs', verbs],
  ] as const;
  const said = parts.flatMap(([name, list]) => (list?.length ? [`${name}:${quoted(list)}`] : []));
  return `{${said.join(', ')}}`;
}

/** `["a" "b"]`, Go's %q of a list. */
export const quoted = (list: readonly string[]): string => `[${list.map(goQuote).join(' ')}]`;
