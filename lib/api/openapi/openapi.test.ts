import { describe, expect, it } from 'vitest';
import { isRecord, sha256Hex } from '../../base';
import { kinds } from '../kinds';
import { openApiIndex, openApiV2, openApiV3 } from './index';

type Node = { readonly [key: string]: Node };

const read = (text: string | undefined): Node => JSON.parse(text ?? 'null') as Node;
const v3 = (root: string): Node => read(openApiV3(root)?.json);
const v2 = read(openApiV2().json);
const core = v3('api/v1');

/** What lies at a path of keys, which may hold dots. */
const at = (node: Node, ...keys: readonly string[]): unknown =>
  keys.reduce<Node | undefined>((found, key) => found?.[key], node);

const schemaAt = (root: string, name: string): unknown => at(v3(root), 'components', 'schemas', name);
const property = (root: string, name: string, field: string): unknown =>
  at(v3(root), 'components', 'schemas', name, 'properties', field);

function refsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (!isRecord(value)) return [];
  const own = typeof value.$ref === 'string' ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(refsIn)];
}

const roots = Object.keys(at(read(openApiIndex().json), 'paths') as Node);
const CORE = 'io.k8s.api.core.v1';
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';

describe('[O1] documents', () => {
  it('are listed for the groups and versions that there are', () => {
    const groups = [
      ...new Set(kinds.map(({ group, version }) => (group ? `apis/${group}/${version}` : `api/${version}`))),
    ];
    expect(roots).toEqual(expect.arrayContaining(['api', 'apis', 'apis/apps', ...groups]));
    expect(openApiV3('apis/example.com/v1')).toBeUndefined();
  });

  it('hold all that they refer to', () => {
    for (const document of [v2, ...roots.map(v3)]) {
      const dangling = refsIn(document).filter(
        (ref) => at(document, ...ref.slice(2).split('/')) === undefined,
      );
      expect([...new Set(dangling)]).toEqual([]);
    }
  });

  it('name every kind, and let it be patched strictly', () => {
    for (const { group, version, kind, plural, namespaced, verbs } of kinds) {
      const root = group === '' ? `api/${version}` : `apis/${group}/${version}`;
      const collection = `/${root}/${namespaced ? 'namespaces/{namespace}/' : ''}${plural}`;
      const gvk = { 'x-kubernetes-group-version-kind': { group, version, kind } };
      expect(at(v3(root), 'paths', collection, 'post')).toMatchObject(gvk);
      const patch = at(v3(root), 'paths', `${collection}/{name}`, 'patch') as Node | undefined;
      // Reviews are answered, not kept.
      expect([kind, patch !== undefined]).toEqual([kind, verbs?.includes('patch') ?? true]);
      if (!patch) continue;
      expect(patch).toMatchObject({ 'x-kubernetes-action': 'patch', ...gvk });
      expect(patch.parameters).toContainEqual(
        expect.objectContaining({ name: 'fieldValidation', in: 'query' }),
      );
      expect(Object.keys(at(patch, 'requestBody', 'content') as Node)).toContain(
        'application/strategic-merge-patch+json',
      );
      const schemas = Object.values(at(v3(root), 'components', 'schemas') as Node);
      const own = schemas.filter((each) =>
        (each['x-kubernetes-group-version-kind'] as readonly unknown[] | undefined)?.some(
          (gvk) => isRecord(gvk) && gvk.kind === kind && gvk.group === group,
        ),
      );
      expect([kind, own.length]).toEqual([kind, 1]);
    }
  });

  it.each([
    ['/api/v1/services', 'get', 'listCoreV1ServiceForAllNamespaces', 'list'],
    [
      '/api/v1/namespaces/{namespace}/services',
      'delete',
      'deleteCoreV1CollectionNamespacedService',
      'deletecollection',
    ],
    [
      '/api/v1/namespaces/{namespace}/services/{name}/status',
      'put',
      'replaceCoreV1NamespacedServiceStatus',
      'put',
    ],
    ['/api/v1/namespaces/{name}/finalize', 'put', 'replaceCoreV1NamespaceFinalize', 'put'],
    [
      '/api/v1/namespaces/{namespace}/pods/{name}/exec',
      'post',
      'connectCoreV1PostNamespacedPodExec',
      'connect',
    ],
    [
      '/api/v1/namespaces/{namespace}/services/{name}/proxy/{path}',
      'get',
      'connectCoreV1GetNamespacedServiceProxyWithPath',
      'connect',
    ],
    [
      '/api/v1/namespaces/{namespace}/serviceaccounts/{name}/token',
      'post',
      'createCoreV1NamespacedServiceAccountToken',
      'post',
    ],
    [
      '/apis/rbac.authorization.k8s.io/v1/clusterroles',
      'post',
      'createRbacAuthorizationV1ClusterRole',
      'post',
    ],
    [
      '/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale',
      'patch',
      'patchAppsV1NamespacedDeploymentScale',
      'patch',
    ],
  ])('%s %s', (path, method, id, action) => {
    expect(at(v2, 'paths', path, method)).toMatchObject({ operationId: id, 'x-kubernetes-action': action });
  });

  it('tell parameters once that all operations of a path take', () => {
    const names = (node: unknown) => (node as readonly Node[]).map(({ name }) => name as unknown as string);
    const log = at(core, 'paths', '/api/v1/namespaces/{namespace}/pods/{name}/log') as Node;
    expect(names(log.parameters)).toEqual(
      expect.arrayContaining(['name', 'namespace', 'follow', 'tailLines']),
    );
    expect(at(log, 'get', 'parameters')).toBeUndefined();
    const services = at(core, 'paths', '/api/v1/namespaces/{namespace}/services') as Node;
    expect(names(services.parameters)).toEqual(['namespace', 'pretty']);
    expect(names(at(services, 'get', 'parameters'))).toEqual(
      expect.arrayContaining(['labelSelector', 'limit', 'watch']),
    );
  });

  it('tell types as the generator of v1.35 does', () => {
    expect(property('api/v1', `${CORE}.ServiceSpec`, 'ports')).toMatchObject({
      type: 'array',
      items: { allOf: [{ $ref: `#/components/schemas/${CORE}.ServicePort` }], default: {} },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      'x-kubernetes-patch-strategy': 'merge',
      'x-kubernetes-patch-merge-key': 'port',
    });
    expect(schemaAt('api/v1', `${CORE}.ServicePort`)).toMatchObject({ required: ['port'] });
    expect(property('api/v1', `${CORE}.ServicePort`, 'protocol')).toMatchObject({
      default: 'TCP',
      enum: ['SCTP', 'TCP', 'UDP'],
    });
    expect(property('api/v1', `${CORE}.ServiceSpec`, 'selector')).toMatchObject({
      additionalProperties: { type: 'string', default: '' },
      'x-kubernetes-map-type': 'atomic',
    });
    expect(property('api/v1', `${CORE}.PodSpec`, 'volumes')).toMatchObject({
      'x-kubernetes-patch-strategy': 'merge,retainKeys',
    });
    expect(property('apis/apps/v1', 'io.k8s.api.apps.v1.DeploymentSpec', 'strategy')).toMatchObject({
      default: {},
      'x-kubernetes-patch-strategy': 'retainKeys',
    });
    expect(property('api/v1', `${CORE}.PodSpec`, 'affinity')).not.toHaveProperty('default');
    expect(property('api/v1', `${META}.ObjectMeta`, 'finalizers')).toMatchObject({
      'x-kubernetes-list-type': 'set',
    });
    expect(property('api/v1', `${CORE}.Secret`, 'data')).toMatchObject({
      additionalProperties: { type: 'string', format: 'byte' },
    });
    expect(schemaAt('api/v1', `${META}.LabelSelector`)).toMatchObject({ 'x-kubernetes-map-type': 'atomic' });
    expect(schemaAt('api/v1', 'io.k8s.apimachinery.pkg.util.intstr.IntOrString')).toMatchObject({
      format: 'int-or-string',
      oneOf: [{ type: 'integer' }, { type: 'string' }],
    });
  });

  it('tell types of the same name in different groups apart', () => {
    const required = (name: string) =>
      (schemaAt('apis/discovery.k8s.io/v1', name) as Node | undefined)?.required;
    expect(required('io.k8s.api.discovery.v1.EndpointPort')).toBeUndefined();
    expect(schemaAt('api/v1', `${CORE}.EndpointPort`)).toMatchObject({ required: ['port'] });
  });
});

describe('[O2] hashes', () => {
  it('are of the bytes, and the index leads to them', () => {
    for (const root of roots) {
      const document = openApiV3(root);
      expect(document?.hash).toBe(sha256Hex(document?.json ?? '').toUpperCase());
      expect(at(read(openApiIndex().json), 'paths', root)).toEqual({
        serverRelativeURL: `/openapi/v3/${root}?hash=${document?.hash}`,
      });
    }
  });
});

describe('[O4] v2', () => {
  it.each([
    [`${CORE}.ServiceSpec`, 'sessionAffinityConfig', { $ref: `#/definitions/${CORE}.SessionAffinityConfig` }],
    [
      `${CORE}.ServicePort`,
      'targetPort',
      { $ref: '#/definitions/io.k8s.apimachinery.pkg.util.intstr.IntOrString' },
    ],
    [`${CORE}.ServiceSpec`, 'clusterIPs', { type: 'array', items: { type: 'string' } }],
    [`${CORE}.ConfigMap`, 'data', { type: 'object', additionalProperties: { type: 'string' } }],
  ])('%s.%s', (name, field, expected) => {
    const found = at(v2, 'definitions', name, 'properties', field) as Node;
    const { description, ...rest } = found;
    expect(description).toBeTruthy();
    expect(rest).toMatchObject(expected);
    expect(JSON.stringify(rest)).not.toContain('default');
  });

  it('has a definition and a path for all that v3 has', () => {
    const names = roots.flatMap((root) => Object.keys((at(v3(root), 'components', 'schemas') ?? {}) as Node));
    expect(Object.keys(v2.definitions ?? {}).sort()).toEqual([...new Set(names)].sort());
    const paths = roots.flatMap((root) => Object.keys(v3(root).paths ?? {}));
    expect(Object.keys(v2.paths ?? {}).sort()).toEqual(paths.sort());
    expect(at(v2, 'definitions', 'io.k8s.apimachinery.pkg.api.resource.Quantity')).toMatchObject({
      type: 'string',
    });
  });
});
