import {
  type Answer,
  type ApiResource,
  type KubeObject,
  methodNotAllowed,
  noSuchPath,
  type PatchOptions,
  type ResourceRef,
  type Stored,
  type Table,
  type WriteOptions,
} from '../../api';
import type { Api, Identity } from '../seams';
import { applyObject } from './apply/apply-object';
import type { Request, ServerContext } from './context';
import { createObject } from './create';
import { patchObject } from './patch';
import { getObject, listObjects, tableObjects, tableOf } from './read';
import { deleteObject, deleteObjects } from './remove';
import { bindPod } from './subresources/binding';
import { evictPod } from './subresources/eviction';
import { getScale, patchScale, updateScale } from './subresources/scale';
import { updateObject } from './update';
import { watchObjects } from './watch';

/** The `Api` seam and what only clients ask for besides. */
export interface ServerApi extends Api {
  get(ref: ResourceRef, namespace: string, name: string, subresource?: string): Stored;
  /** Objects of a kind as rows, as watches of tables send them. */
  rows(ref: ResourceRef, objects: readonly KubeObject[]): Table;
  resources(): readonly ApiResource[];
}

const VERBS: readonly string[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** The verbs for one identity. */
export function createApi(context: ServerContext, identity: Identity): ServerApi {
  const request = (ref: ResourceRef, namespace: string, verb: string): Request => {
    const kind = context.registry.find(ref);
    if (kind.verbs && !kind.verbs.includes(verb)) throw methodNotAllowed();
    return { context, identity, kind, namespace: kind.namespaced ? namespace : '' };
  };
  return {
    get(ref, namespace, name, subresource) {
      const asked = request(ref, namespace, 'get');
      if (subresource === 'scale') return getScale(asked, name);
      if (subresource && !asked.kind.subresources.includes(subresource)) throw noSuchPath();
      return getObject(asked, name);
    },
    list: (ref, namespace, options = {}) => listObjects(request(ref, namespace, 'list'), options),
    table: (ref, namespace, options = {}) => tableObjects(request(ref, namespace, 'list'), options),
    rows: (ref, objects) => tableOf(request(ref, '', 'watch'), objects, {}),
    create: (ref, namespace, object, options = {}) =>
      create(request(ref, namespace, 'create'), object, options),
    update: (ref, namespace, object, options = {}) =>
      update(request(ref, namespace, 'update'), object, options),
    patch: (ref, namespace, name, type, body, options = {}) =>
      patch(request(ref, namespace, 'patch'), name, type, body, options),
    delete: (ref, namespace, name, options = {}) =>
      deleteObject(request(ref, namespace, 'delete'), name, options),
    deleteCollection: (ref, namespace, options) =>
      deleteObjects(request(ref, namespace, 'deletecollection'), options),
    watch: (ref, namespace, options, onEvent) =>
      watchObjects(request(ref, namespace, 'watch'), options, onEvent),
    resources: () => context.registry.kinds.map(resourceOf),
  };
}

function create(
  request: Request,
  object: KubeObject,
  options: WriteOptions & { readonly name?: string },
): Answer<Stored> {
  const name = options.name ?? object.metadata.name ?? '';
  const isPod = request.kind.plural === 'pods' && request.kind.group === '';
  switch (options.subresource) {
    case undefined:
      return createObject(request, object, options);
    case 'binding':
      if (isPod) return answered(bindPod(request, name, object, options.dryRun), 201);
      throw noSuchPath();
    case 'eviction':
      if (isPod) return answered(evictPod(request, name, object, options.dryRun), 201);
      throw noSuchPath();
    default:
      throw noSuchPath();
  }
}

function update(request: Request, object: KubeObject, options: WriteOptions): Answer<Stored> {
  if (options.subresource === 'scale') return answered(updateScale(request, object, options), 200);
  return updateObject(request, object, options);
}

function patch(
  request: Request,
  name: string,
  type: 'json' | 'merge' | 'strategic' | 'apply',
  body: unknown,
  options: PatchOptions,
): Answer<Stored> {
  if (type === 'apply') {
    if (options.subresource === 'scale') throw methodNotAllowed();
    return applyObject(request, name, body, options);
  }
  if (options.subresource === 'scale') {
    return answered(patchScale(request, name, type, body, options), 200);
  }
  return patchObject(request, name, type, body, options);
}

const answered = (object: KubeObject, code: number): Answer<Stored> => ({
  object: object as Stored,
  warnings: [],
  code,
});

function resourceOf(kind: ServerContext['registry']['kinds'][number]): ApiResource {
  const { group, version, plural, singular, shortNames, categories, namespaced, subresources } = kind;
  return {
    group,
    version,
    resource: plural,
    kind: kind.kind,
    singular,
    shortNames,
    categories,
    namespaced,
    verbs: kind.verbs ?? VERBS,
    subresources,
  };
}
