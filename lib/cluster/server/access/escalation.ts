import {
  type ClusterRole,
  compactRules,
  compactText,
  forbidden,
  goQuote,
  type KubeObject,
  notFound,
  quoted,
  type RoleBinding,
  uncovered,
} from '../../../api';
import { semanticEqual } from '../../../base';
import type { Request } from '../context';
import type { Attributes, PolicyRule } from './attributes';
import { aggregate, decide, isMaster } from './decide';
import { rulesOf } from './policy-index';

const GROUP = 'rbac.authorization.k8s.io';
const ROLES: ReadonlySet<string> = new Set(['roles', 'clusterroles']);
const EVERYTHING: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
];

/**
 * Nobody may give what they do not hold: neither by writing it into a role nor by binding one, unless they may
 * `escalate` or `bind` (registry/rbac/…/policybased). `before` is the object that an update replaces.
 */
export function checkEscalation(request: Request, object: KubeObject, before: KubeObject | undefined): void {
  const { kind, identity } = request;
  if (kind.group !== GROUP || isMaster(identity)) return;
  if (before && onlyGoes(object, before)) return;
  if (ROLES.has(kind.plural)) checkRole(request, object as ClusterRole, before as ClusterRole | undefined);
  else checkBinding(request, object as RoleBinding);
}

/** Whether an update changes nothing but what holds up a deletion (rbac.IsOnlyMutatingGCFields). */
function onlyGoes(object: KubeObject, before: KubeObject): boolean {
  const rest = ({ metadata, ...others }: KubeObject) => {
    const { ownerReferences: _owners, finalizers: _finalizers, managedFields: _managers, ...kept } = metadata;
    return { ...others, metadata: { ...kept, resourceVersion: undefined } };
  };
  return semanticEqual(rest(object), rest(before));
}

function checkRole(request: Request, role: ClusterRole, before: ClusterRole | undefined): void {
  const { kind, namespace } = request;
  const name = role.metadata.name ?? '';
  // A create's name is in no path, so a right to escalate one role by name does not reach it.
  const named = before === undefined ? '' : name;
  if (may(request, { verb: 'escalate', resource: kind.plural, namespace, name: named })) return;
  requireHeld(request, role.rules ?? [], name);
  if (!role.aggregationRule && !before?.aggregationRule) return;
  if (missing(request, EVERYTHING).rules.length > 0) {
    throw forbidden(
      kind.plural,
      GROUP,
      name,
      'must have cluster-admin privileges to use the aggregationRule',
    );
  }
}

function checkBinding(request: Request, binding: RoleBinding): void {
  const { context, namespace } = request;
  const { roleRef, metadata } = binding;
  const resource = roleRef.kind === 'Role' ? 'roles' : 'clusterroles';
  if (may(request, { verb: 'bind', resource, namespace, name: roleRef.name })) return;
  const rules = rulesOf(context.store, roleRef, namespace);
  if (typeof rules === 'string') throw notFound(roleRef.kind.toLowerCase(), GROUP, roleRef.name);
  requireHeld(request, rules, metadata.name ?? '');
}

type Right = Pick<Attributes, 'verb' | 'resource' | 'namespace' | 'name'>;

const may = ({ context, identity }: Request, right: Right): boolean =>
  decide(context.policy(), { ...right, user: identity, group: GROUP, subresource: '' }).allowed;

function missing({ context, identity, namespace }: Request, wanted: readonly PolicyRule[]) {
  const { store, index } = context.policy();
  const { grants, errors } = index.grantedTo(store, identity, namespace);
  return {
    rules: uncovered(
      grants.map(({ rule }) => rule),
      wanted,
    ),
    errors,
  };
}

/** rbac.ConfirmNoEscalation. */
function requireHeld(request: Request, wanted: readonly PolicyRule[], name: string): void {
  const { rules, errors } = missing(request, wanted);
  if (rules.length === 0) return;
  const { identity, kind } = request;
  const lines = [...new Set(compactRules(rules).map(compactText))].sort();
  const who = `user ${goQuote(identity.user)} (groups=${quoted(identity.groups)})`;
  const why = `${who} is attempting to grant RBAC permissions not currently held:\n${lines.join('\n')}`;
  const unresolved = errors.length === 0 ? '' : `; resolution errors: [${aggregate(errors)}]`;
  throw forbidden(kind.plural, GROUP, name, `${why}${unresolved}`);
}
