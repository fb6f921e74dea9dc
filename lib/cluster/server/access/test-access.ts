import { type KubeObject, kinds, type ResourceRef, StatusError } from '../../../api';
import { createRandom } from '../../../base';
import type { Identity } from '../../seams';
import { createStore } from '../../store';
import { type ApiServer, createApiServer } from '../api-server';
import type { PolicyRule } from './attributes';
import { defaultPolicy } from './policy';

export const MASTER: Identity = { user: 'root', groups: ['system:masters', 'system:authenticated'] };
export const JANE: Identity = { user: 'jane', groups: ['dev', 'system:authenticated'] };

const RBAC = 'rbac.authorization.k8s.io';

/** "pods", "deployments.apps" as a reference. */
export function ref(resource: string): ResourceRef {
  const [plural = '', ...group] = resource.split('.');
  return { group: group.join('.'), version: 'v1', resource: plural };
}

/** A server with namespaces and the default policy, on a clock that moves when told. */
export interface TestServer {
  readonly server: ApiServer;
  now: number;
  put(object: KubeObject): KubeObject;
}

/** Starts one. */
export function startServer(): TestServer {
  const clock = { now: () => made.now };
  const server = createApiServer({
    store: createStore({ freeze: true }),
    kinds,
    clock,
    random: createRandom(3),
    network: { serviceCIDR: '10.96.0.0/12', nodePortRange: [30000, 32767] },
  });
  const root = server.as(MASTER);
  const made: TestServer = {
    server,
    now: 1_790_000_000_000,
    put(object) {
      const kind = kinds.find((each) => each.kind === object.kind);
      if (!kind) throw new Error(`no kind ${object.kind}`);
      const { group, version, plural } = kind;
      return root.create({ group, version, resource: plural }, object.metadata.namespace ?? '', object)
        .object;
    },
  };
  for (const name of ['default', 'prod', 'kube-system', 'kube-public']) {
    made.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  for (const object of defaultPolicy()) made.put(object);
  return made;
}

/** A Role in a namespace, or a ClusterRole where that is ''. */
export function roleObject(namespace: string, name: string, rules: readonly PolicyRule[]): KubeObject {
  const kind = namespace === '' ? 'ClusterRole' : 'Role';
  const metadata = namespace === '' ? { name } : { name, namespace };
  return { apiVersion: `${RBAC}/v1`, kind, metadata, rules } as KubeObject;
}

/** A binding in a namespace, or of the cluster where that is ''; `role` is "Role/x" or "ClusterRole/x". */
export function bindingObject(namespace: string, role: string, subject: object, name = 'b'): KubeObject {
  const [kind = '', target = ''] = role.split('/');
  const roleRef = { apiGroup: RBAC, kind, name: target };
  const metadata = namespace === '' ? { name } : { name, namespace };
  return {
    apiVersion: `${RBAC}/v1`,
    kind: namespace === '' ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata,
    subjects: [subject],
    roleRef,
  } as KubeObject;
}

/** What the work was refused with: "403 pods is forbidden: …", or "allowed". */
export function outcome(work: () => unknown): string {
  try {
    work();
    return 'allowed';
  } catch (error) {
    if (error instanceof StatusError) return `${error.code} ${error.message}`;
    throw error;
  }
}
