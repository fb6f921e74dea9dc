import {
  type Answer,
  type ApiResource,
  type KubeObject,
  methodNotAllowed,
  noSuchPath,
  type PatchOptions,
  type Pod,
  type ResourceRef,
  type Stored,
  type Table,
  type WriteOptions,
} from '../../api';
import type { Api, Identity } from '../seams';
import { type Aim, attributesOf, pathAttributes, requireAccess } from './access';
import { answerReview, isReview } from './access/reviews';
import { issueToken } from './access/tokens';
import { applyObject } from './apply/apply-object';
import type { Request, ServerContext } from './context';
import { createObject } from './create';
import { patchObject } from './patch';
import { getObject, listObjects, tableObjects, tableOf } from './read';
import { storeKey } from './registry';
import { deleteObject, deleteObjects } from './remove';
import { bindPod } from './subresources/binding';
import { evictPod } from './subresources/eviction';
import { getScale, patchScale, scaleTable, updateScale } from './subresources/scale';
import { updateObject } from './update';
import { watchObjects } from './watch';

/** The `Api` seam and what only clients ask for besides. */
export interface ServerApi extends Api {
  get(ref: ResourceRef, namespace: string, name: string, subresource?: string): Stored;
  /** The Pod behind a stream of its log or into its containers, and how it is looked at later. */
  connect(
    namespace: string,
    name: string,
    subresource: keyof typeof CONNECT_VERBS,
  ): { readonly pod: Stored<Pod>; now(): Stored<Pod> | undefined };
  /** Refuses what this identity may not do with a resource. */
  requireVerb(verb: string, ref: ResourceRef, aim: Aim): void;
  /** Refuses a path that is no resource to those who may not have it. */
  requirePath(path: string, verb?: string): void;
  /** Objects of a kind as rows, as watches of tables send them. */
  rows(ref: ResourceRef, objects: readonly KubeObject[]): Table;
  resources(): readonly ApiResource[];
  /** What every answer about a resource warns of. */
  warningsOf(ref: ResourceRef): readonly string[];
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

const PODS: ResourceRef = { group: '', version: 'v1', resource: 'pods' };
/** Logs are read; to get into a container is to create something, over whichever protocol. */
const CONNECT_VERBS = { log: 'get', exec: 'create', attach: 'create', portforward: 'create' } as const;

/** The verbs for one identity: whether it may is asked before anything is told, even of a kind that is not served. */
export function createApi(context: ServerContext, identity: Identity): ServerApi {
  const request = (ref: ResourceRef, verb: string, aim: Aim): Request => {
    requireAccess(context, attributesOf(identity, verb, ref, context.registry.at(ref), aim));
    const kind = context.registry.find(ref);
    const served = kind.verbs && !aim.subresource ? kind.verbs : VERBS;
    if (!served.includes(verb)) throw methodNotAllowed();
    return { context, identity, kind, namespace: kind.namespaced ? aim.namespace : '' };
  };
  const requirePath = (path: string, verb = 'get') =>
    requireAccess(context, pathAttributes(identity, verb, path));
  return {
    requireVerb: (verb, ref, aim) =>
      requireAccess(context, attributesOf(identity, verb, ref, context.registry.at(ref), aim)),
    get(ref, namespace, name, subresource) {
      const asked = request(ref, 'get', { namespace, name, subresource });
      if (subresource === 'scale') return getScale(asked, name);
      if (subresource && !asked.kind.subresources.includes(subresource)) throw noSuchPath();
      return getObject(asked, name);
    },
    connect(namespace, name, subresource) {
      const asked = request(PODS, CONNECT_VERBS[subresource], { namespace, name, subresource });
      const pod = getObject(asked, name) as Stored<Pod>;
      const key = storeKey(asked.kind, namespace, name);
      return { pod, now: () => context.store.get(key) as Stored<Pod> | undefined };
    },
    requirePath,
    list: (ref, namespace, options = {}) =>
      listObjects(request(ref, 'list', { namespace, fieldSelector: options.fieldSelector }), options),
    table(ref, namespace, options = {}) {
      const { name, fieldSelector, subresource } = options;
      const verb = name === undefined ? 'list' : 'get';
      const asked = request(ref, verb, { namespace, name, fieldSelector, subresource });
      return subresource === 'scale' && name !== undefined
        ? scaleTable(asked, name)
        : tableObjects(asked, options);
    },
    rows: (ref, objects) =>
      tableOf({ context, identity, kind: context.registry.find(ref), namespace: '' }, objects, {}),
    create(ref, namespace, object, options = {}) {
      const { name, subresource } = options;
      const asked = request(ref, 'create', { namespace, name, subresource });
      return warned(asked, create(asked, object, options));
    },
    update(ref, namespace, object, options = {}) {
      const { subresource } = options;
      const aim = { namespace, name: object.metadata.name, subresource };
      const asked = request(ref, 'update', aim);
      return warned(asked, update(asked, object, options));
    },
    patch(ref, namespace, name, type, body, options = {}) {
      const { subresource } = options;
      const asked = request(ref, 'patch', { namespace, name, subresource });
      return warned(asked, patch(asked, name, type, body, options));
    },
    delete(ref, namespace, name, options = {}) {
      const asked = request(ref, 'delete', { namespace, name });
      return warned(asked, deleteObject(asked, name, options));
    },
    deleteCollection: (ref, namespace, options) =>
      deleteObjects(request(ref, 'deletecollection', { namespace }), options),
    watch(ref, namespace, options, onEvent) {
      const { fieldSelector } = options;
      return watchObjects(request(ref, 'watch', { namespace, fieldSelector }), options, onEvent);
    },
    resources() {
      requirePath('/api');
      requirePath('/apis');
      return context.registry.kinds.map(resourceOf);
    },
    warningsOf: (ref) => deprecation(context.registry.at(ref)),
  };
}

const deprecation = (kind: Pick<Request['kind'], 'deprecated'> | undefined): readonly string[] =>
  kind?.deprecated === undefined ? [] : [kind.deprecated];

/** An answer with what every answer about the kind warns of, which comes first. */
function warned<T>({ kind }: Request, answer: Answer<T>): Answer<T> {
  const warnings = deprecation(kind);
  return warnings.length === 0 ? answer : { ...answer, warnings: [...warnings, ...answer.warnings] };
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
      return isReview(request.kind)
        ? answerReview(request, object, options)
        : createObject(request, object, options);
    case 'token':
      if (request.kind.plural !== 'serviceaccounts') throw noSuchPath();
      return { ...(issueToken(request, name, object, options) as Answer<Stored>), code: 201 };
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
  if (options.subresource === 'scale') return updateScale(request, object, options);
  return updateObject(request, object, options);
}

function patch(
  request: Request,
  name: string,
  type: 'json' | 'merge' | 'strategic' | 'apply',
  body: unknown,
  options: PatchOptions,
): Answer<Stored> {
  if (options.subresource === 'scale') return patchScale(request, name, type, body, options);
  if (type === 'apply') return applyObject(request, name, body, options);
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
