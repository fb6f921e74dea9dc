import {
  type ClusterRole,
  type Json,
  matchesLabels,
  type Stored,
  selectorFromLabelSelector,
  type View,
} from '../../api';
import { semanticEqual } from '../../base';
import type { Controller } from '../seams';
import { planOf, REST } from './plan';
import { REFS } from './refs';

const RESOURCE = 'clusterroles.rbac.authorization.k8s.io';

type Rules = NonNullable<ClusterRole['rules']>;

/** Gathers the rules of aggregated ClusterRoles from the roles that their selectors match. */
export const clusterRoleAggregation: Controller = {
  name: 'clusterrole-aggregation-controller',
  watches: [{ resource: RESOURCE, keys: (_object, _previous, view) => aggregated(view) }],
  reconcile(view, key) {
    const role = view.get<ClusterRole>(RESOURCE, '', key);
    if (!role?.aggregationRule) return REST;
    const rules = gather(view, role);
    if (semanticEqual(rules, role.rules ?? [])) return REST;
    const body = { rules } as unknown as Json;
    return planOf([{ verb: 'patch', ref: REFS.clusterRoles, namespace: '', name: key, body }]);
  },
};

const roles = (view: View) => view.list<ClusterRole>(RESOURCE, '');

const aggregated = (view: View): readonly string[] =>
  roles(view)
    .filter((role) => role.aggregationRule)
    .map((role) => role.metadata.name);

function gather(view: View, role: Stored<ClusterRole>): Rules {
  const gathered: Rules[number][] = [];
  for (const selector of role.aggregationRule?.clusterRoleSelectors ?? []) {
    const labels = selectorFromLabelSelector(selector);
    for (const other of roles(view)) {
      if (other.metadata.name === role.metadata.name || !matchesLabels(labels, other.metadata.labels))
        continue;
      for (const rule of other.rules ?? []) {
        if (!gathered.some((known) => semanticEqual(known, rule))) gathered.push(rule);
      }
    }
  }
  return gathered;
}
