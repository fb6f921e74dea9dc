import type { ApiResource, PolicyRule } from '../../../api';
import { findResource } from '../../resources';
import { UsageError } from '../../seams';
import { fail } from '../../session';

/** What `--resource` names: `resource.group/subresource`. */
export interface NamedResource {
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
}

/** Verbs that only some resources know, and which. */
const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  use: ['podsecuritypolicies.policy', 'podsecuritypolicies.extensions'],
  bind: ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'],
  escalate: ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'],
  impersonate: ['users.', 'serviceaccounts.', 'groups.', 'userextras.authentication.k8s.io'],
};

/** Reads `--resource`; `*` alone stands for all that is given. */
export function namedResources(words: readonly string[]): readonly NamedResource[] {
  const named = words.map((word) => {
    const [whole = '', subresource = ''] = word.split(/\/(.*)/s);
    const [resource = '', group = ''] = whole.split(/\.(.*)/s);
    return { group, resource, subresource };
  });
  const all = words.indexOf('*');
  return all < 0 ? named : named.slice(all, all + 1);
}

const find = (known: readonly ApiResource[], { resource, group }: NamedResource): ApiResource | undefined =>
  findResource(known, group === '' ? resource : `${resource}.${group}`);

/** Refuses resources that the server does not have, and verbs that a resource does not know (validateResource). */
export function checkResources(
  known: readonly ApiResource[],
  named: readonly NamedResource[],
  verbs: readonly string[],
): void {
  for (const each of named) {
    if (each.resource === '') throw fail('resource must be specified if apiGroup/subresource specified');
    if (each.resource === '*') return;
    const found = find(known, each);
    const { resource, group } = found ?? each;
    const special = verbs.filter((verb) => SPECIAL[verb]);
    const odd = special.find((verb) => !SPECIAL[verb]?.includes(`${resource}.${group}`));
    if (odd !== undefined) throw fail(`can not perform '${odd}' on '${resource}' in group '${group}'`);
    if (found || special.length > 0) continue;
    const where = group === '' ? '' : ` in group "${group}"`;
    throw new UsageError(`the server doesn't have a resource type "${resource}"${where}`, true);
  }
}

/** One rule for each API group, in the order of their names (generateResourcePolicyRules). */
export function rulesOf(
  known: readonly ApiResource[],
  named: readonly NamedResource[],
  verbs: readonly string[],
  resourceNames: readonly string[],
): readonly PolicyRule[] {
  const byGroup = new Map<string, string[]>();
  for (const each of named) {
    const { resource, group } = find(known, each) ?? each;
    const whole = each.subresource === '' ? resource : `${resource}/${each.subresource}`;
    const resources = byGroup.get(group) ?? [];
    if (!resources.includes(whole)) resources.push(whole);
    byGroup.set(group, resources);
  }
  const names = resourceNames.length === 0 ? {} : { resourceNames };
  return [...byGroup.keys()].sort().map((group) => ({
    verbs,
    apiGroups: [group],
    resources: byGroup.get(group) ?? [],
    ...names,
  }));
}
