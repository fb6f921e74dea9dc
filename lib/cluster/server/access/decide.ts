import type { Identity, Store } from '../../seams';
import type { Attributes, Decision } from './attributes';
import { decideForNode } from './node-authorizer';
import type { PolicyIndex } from './policy-index';
import { ruleAllows } from './rule-allows';

/** The group whose members may do everything, whatever roles say. */
export const MASTERS = 'system:masters';

/** What decisions are made from: a store, and what its roles come to. */
export interface Policy {
  readonly store: Store;
  readonly index: PolicyIndex;
}

/** Asks the authorizers in kubeadm's order (Node, RBAC); `system:masters` need not ask. */
export function decide(policy: Policy, attributes: Attributes): Decision {
  if (isMaster(attributes.user)) return { allowed: true, reason: '' };
  const node = decideForNode(policy.store, attributes);
  if (node.allowed) return node;
  const rbac = decideByRoles(policy, attributes);
  if (rbac.allowed || node.reason === '') return rbac;
  return { allowed: false, reason: [node.reason, rbac.reason].filter((each) => each !== '').join('\n') };
}

/** Whether somebody may do everything. */
export const isMaster = ({ groups }: Identity): boolean => groups.includes(MASTERS);

function decideByRoles({ store, index }: Policy, attributes: Attributes): Decision {
  const { grants, errors } = index.grantedTo(store, attributes.user, attributes.namespace);
  const grant = grants.find(({ rule }) => ruleAllows(rule, attributes));
  if (grant) return { allowed: true, reason: grant.by };
  return { allowed: false, reason: errors.length === 0 ? '' : `RBAC: ${aggregate(errors)}` };
}

/** Several errors as one text (utilerrors.Aggregate). */
export function aggregate(errors: readonly string[]): string {
  const different = [...new Set(errors)];
  return different.length === 1 ? (different[0] ?? '') : `[${different.join(', ')}]`;
}
