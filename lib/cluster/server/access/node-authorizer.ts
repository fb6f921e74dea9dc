import type { Store } from '../../seams';
import type { Attributes, Decision, PolicyRule } from './attributes';
import { isRelated, type RelatedKind } from './node-relations';
import { nodeRules } from './policy';
import { ruleAllows } from './rule-allows';

const NODES = 'system:nodes';
const NODE_USER = 'system:node:';
const LEASES = 'kube-node-lease';

const ALLOWED: Decision = { allowed: true, reason: '' };
const no = (reason: string): Decision => ({ allowed: false, reason });
const NO_OPINION = no('');

/** The node that a kubelet speaks for; undefined for anybody else (nodeidentifier.NodeIdentity). */
export function nodeOf({ user }: Pick<Attributes, 'user'>): string | undefined {
  if (!user.groups.includes(NODES) || !user.user.startsWith(NODE_USER)) return undefined;
  return user.user.slice(NODE_USER.length);
}

/** What kubelets may do: to their own node and lease, and to what Pods on it refer to (node.NodeAuthorizer). */
export function decideForNode(store: Store, attributes: Attributes): Decision {
  const node = nodeOf(attributes);
  if (node === undefined) return NO_OPINION;
  if (node === '') return no(`unknown node for user ${JSON.stringify(attributes.user.user)}`);
  const subdivided = attributes.path === undefined ? SUBDIVIDED[groupResource(attributes)] : undefined;
  if (subdivided) return subdivided({ store, node, attributes });
  const rules: readonly PolicyRule[] = nodeRules();
  return rules.some((rule) => ruleAllows(rule, attributes)) ? ALLOWED : NO_OPINION;
}

interface Asked {
  readonly store: Store;
  readonly node: string;
  readonly attributes: Attributes;
}

const groupResource = ({ group, resource }: Attributes): string =>
  group === '' ? resource : `${resource}.${group}`;

/** Access that is not the same for every object of a resource. */
const SUBDIVIDED: Readonly<Record<string, (asked: Asked) => Decision>> = {
  secrets: (asked) => mayRead(asked, 'secrets'),
  configmaps: (asked) => mayRead(asked, 'configmaps'),
  persistentvolumeclaims: (asked) =>
    asked.attributes.subresource === 'status'
      ? mayReportClaim(asked)
      : mayGet(asked, 'persistentvolumeclaims'),
  persistentvolumes: (asked) => mayGet(asked, 'persistentvolumes'),
  serviceaccounts: mayUseAccount,
  'leases.coordination.k8s.io': mayHoldLease,
  nodes: mayTouchNode,
  pods: mayTouchPod,
};

function ifRelated({ store, node, attributes }: Asked, kind: RelatedKind): Decision {
  if (attributes.name === '') return no('No Object name found');
  return isRelated(store, node, kind, attributes.namespace, attributes.name)
    ? ALLOWED
    : no(`no relationship found between node '${node}' and this object`);
}

function mayRead(asked: Asked, kind: RelatedKind): Decision {
  const { verb, subresource, namespace } = asked.attributes;
  if (!['get', 'list', 'watch'].includes(verb)) return no('can only read resources of this type');
  if (subresource !== '') return no('cannot read subresource');
  if (namespace === '') return no('can only read namespaced object of this type');
  return ifRelated(asked, kind);
}

function mayGet(asked: Asked, kind: RelatedKind): Decision {
  if (asked.attributes.verb !== 'get') return no('can only get individual resources of this type');
  if (asked.attributes.subresource !== '') return no('cannot get subresource');
  return ifRelated(asked, kind);
}

function mayReportClaim(asked: Asked): Decision {
  return ['update', 'patch'].includes(asked.attributes.verb)
    ? ifRelated(asked, 'persistentvolumeclaims')
    : no('can only get/update/patch this type');
}

function mayUseAccount(asked: Asked): Decision {
  const { verb, name, subresource } = asked.attributes;
  if (verb === 'get' && subresource === '') return ifRelated(asked, 'serviceaccounts');
  if (verb !== 'create' || name === '') return no('can only create tokens for individual service accounts');
  if (subresource !== 'token') return no('can only create token subresource of serviceaccount');
  return ifRelated(asked, 'serviceaccounts');
}

function mayHoldLease({ node, attributes }: Asked): Decision {
  const { verb, namespace, name } = attributes;
  if (!['get', 'create', 'update', 'patch', 'delete'].includes(verb)) {
    return no('can only get, create, update, patch, or delete a node lease');
  }
  if (namespace !== LEASES) return no(`can only access leases in the "${LEASES}" system namespace`);
  if (verb !== 'create' && name !== node) {
    return no('can only access node lease with the same name as the requesting node');
  }
  return ALLOWED;
}

function mayTouchNode({ node, attributes }: Asked): Decision {
  const { verb, name, subresource } = attributes;
  if (subresource === 'status') return ['update', 'patch'].includes(verb) ? ALLOWED : NO_OPINION;
  if (subresource !== '') return NO_OPINION;
  if (['create', 'update', 'patch'].includes(verb)) return ALLOWED;
  if (!['get', 'list', 'watch'].includes(verb)) return NO_OPINION;
  if (name === node) return ALLOWED;
  return no(
    name === ''
      ? `node '${node}' cannot read all nodes, only its own Node object`
      : `node '${node}' cannot read '${name}', only its own Node object`,
  );
}

function mayTouchPod(asked: Asked): Decision {
  const { node, attributes } = asked;
  const { verb, name, subresource, fieldSelector = '' } = attributes;
  if (subresource === 'status') return ['update', 'patch'].includes(verb) ? ALLOWED : NO_OPINION;
  if (subresource === 'eviction') return verb === 'create' ? ALLOWED : NO_OPINION;
  if (subresource !== '') return NO_OPINION;
  if (verb === 'get') return mayGet(asked, 'pods');
  if (verb === 'create' || verb === 'delete') return ALLOWED;
  if (verb !== 'list' && verb !== 'watch') return NO_OPINION;
  if (/(^|,)spec\.nodeName==?([^,]*)(,|$)/.exec(fieldSelector)?.[2] === node) return ALLOWED;
  return name === ''
    ? no('can only list/watch pods with spec.nodeName field selector')
    : ifRelated(asked, 'pods');
}
