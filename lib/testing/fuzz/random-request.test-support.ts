import { type KindSpec, type KubeObject, kinds, type Stored } from '../../api';
import type { Workspace } from '../../workspace';
import { changed } from './change-value';
import type { Draw } from './draw';
import { manifestOf } from './manifests';
import { bodyOf, deleteOptions, protobufOf } from './random-body.test-support';
import { anything, many, word } from './schema-values';
import { fieldSelector, labelSelector } from './selectors';
import type { Sent } from './send.test-support';

/** Where the fuzz writes; it is there from the start. */
export const NAMESPACE = 'fuzz';

const NAMES = ['a', 'web', 'b', 'c.d'] as const;
const WRONG_NAMES = [
  'Bad_Name',
  '..',
  '.',
  'a%2Fb',
  '%25',
  '%',
  '%zz',
  '%ff',
  'x'.repeat(260),
  'a b',
  '*',
  'constructor',
  '__proto__',
  'a:b',
  'ä',
] as const;

/** A kind that is served, those of Services and Pods more often than the rest. */
const COMMON = kinds.filter(
  ({ plural, storage }) =>
    !storage &&
    ['services', 'pods', 'deployments', 'configmaps', 'endpointslices', 'statefulsets', 'jobs'].includes(
      plural,
    ),
);

const anyKind = (draw: Draw): KindSpec => draw.pick(draw.chance(60) ? kinds : COMMON);

const apiVersionOf = ({ group, version }: KindSpec): string =>
  group === '' ? version : `${group}/${version}`;

function collectionPath(draw: Draw, spec: KindSpec, namespace: string): string {
  const root = spec.group === '' ? `/api/${spec.version}` : `/apis/${spec.group}/${spec.version}`;
  const scoped = draw.chance(2) ? !spec.namespaced : spec.namespaced;
  return `${root}${scoped ? `/namespaces/${namespace}` : ''}/${spec.plural}`;
}

const someName = (draw: Draw): string => (draw.chance(4) ? draw.pick(WRONG_NAMES) : draw.pick(NAMES));

/** The objects of a kind in the namespace of the fuzz, or of the cluster. */
export const objectsOf = (
  { view }: Workspace,
  { group, plural, namespaced, storage }: KindSpec,
): readonly Stored[] =>
  view.list(storage?.resource ?? (group === '' ? plural : `${plural}.${group}`), namespaced ? NAMESPACE : '');

const isServed = ({ verbs }: KindSpec, verb: string): boolean => verbs === undefined || verbs.includes(verb);

/** One of the objects there are, in the form that a client reads; undefined when there is none. */
function anObject(draw: Draw, workspace: Workspace, spec: KindSpec): KubeObject | undefined {
  const all = objectsOf(workspace, spec);
  const stored = all.length === 0 ? undefined : draw.pick(all);
  return stored && spec.storage ? spec.storage.decode(stored) : stored;
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  dryRun: ['All', '', 'all', 'None'],
  fieldManager: ['me', '', 'x'.repeat(129), '\u0007'],
  fieldValidation: ['Strict', 'Warn', 'Ignore', 'strict', ''],
  force: ['true', 'false', '1', 'x'],
  pretty: ['true', '', '0'],
  limit: ['1', '0', '-1', '500', 'x', '9223372036854775808'],
  continue: ['x', '', 'eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJhIn0', 'e30', 'bnVsbA'],
  resourceVersion: ['0', '1', '', 'x', '-1', '99999999999', '18446744073709551616', '1.5'],
  resourceVersionMatch: ['Exact', 'NotOlderThan', 'x', ''],
  timeoutSeconds: ['1', '0', '-1', 'x'],
  watch: ['1', 'true', 'false', ''],
  allowWatchBookmarks: ['true', 'x'],
  sendInitialEvents: ['true', 'false', 'x'],
  gracePeriodSeconds: ['0', '1', '-1', 'x'],
  propagationPolicy: ['Background', 'Foreground', 'Orphan', 'x'],
  orphanDependents: ['true', 'false'],
  includeObject: ['None', 'Object', 'Metadata', 'x'],
  container: ['web', 'init', 'x'],
  tailLines: ['1', '-1', 'x'],
  sinceSeconds: ['1', '0', '-1'],
  sinceTime: ['2026-01-05T09:00:00Z', 'x', ''],
  follow: ['true', 'false'],
  previous: ['true', 'false'],
  limitBytes: ['1', '0', '-5'],
  stream: ['All', 'Stdout', 'x'],
  command: ['ls', ''],
  stdin: ['true'],
  export: ['true'],
};

/** A query of those options and of junk. */
function queryOf(draw: Draw, names: readonly string[], most = 3): string {
  const pairs = many(draw, most, () => {
    const name = draw.chance(93) ? draw.pick(names) : draw.pick(Object.keys(VALUES));
    if (name === 'labelSelector') return `${name}=${encodeURIComponent(labelSelector(draw))}`;
    if (name === 'fieldSelector') return `${name}=${encodeURIComponent(fieldSelector(draw))}`;
    const value = draw.chance(95) ? draw.pick(VALUES[name] ?? ['']) : word(draw);
    return `${name}=${encodeURIComponent(value)}`;
  });
  if (draw.chance(2))
    return `?${[...pairs, draw.pick(['%', '%zz=1', ';', '&&', '=', 'a', 'watch', '%ff=1', '??'])].join('&')}`;
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

const WRITE_OPTIONS = ['dryRun', 'fieldManager', 'fieldValidation', 'pretty'] as const;
const LIST_OPTIONS = [
  'labelSelector',
  'fieldSelector',
  'limit',
  'continue',
  'resourceVersion',
  'resourceVersionMatch',
  'watch',
  'allowWatchBookmarks',
  'sendInitialEvents',
  'timeoutSeconds',
  'includeObject',
  'pretty',
] as const;
const DELETE_OPTIONS = ['dryRun', 'gracePeriodSeconds', 'propagationPolicy', 'orphanDependents'] as const;
const LOG_OPTIONS = [
  'container',
  'tailLines',
  'sinceSeconds',
  'sinceTime',
  'follow',
  'previous',
  'limitBytes',
  'stream',
] as const;

const ACCEPTS = [
  'application/json',
  'application/yaml',
  '*/*',
  'application/json;as=Table;g=meta.k8s.io;v=v1',
  'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
  'application/vnd.kubernetes.protobuf,application/json',
  'application/vnd.kubernetes.protobuf',
  'application/json;stream=watch',
  'text/html',
  'application/json;q=0.5,application/yaml;q=x',
  'application/json;as=Table;g=;v=',
  ';;;',
  ',',
  '/',
  'application/json;as=APIGroupDiscoveryList;v=v2;g=apidiscovery.k8s.io',
  '\u00ff',
] as const;

const AUTHORIZATIONS = [
  'Bearer a.b.c',
  'Bearer ',
  'Bearer',
  'Basic YTpi',
  'Bearer eyJhbGciOiJub25lIn0.e30.',
  'x',
  'Bearer \u00ff',
] as const;

/** Headers that say who asks and what is taken; mostly none. */
function headersOf(draw: Draw): Readonly<Record<string, string>> {
  return {
    ...(draw.chance(10) ? { accept: draw.pick(ACCEPTS) } : {}),
    ...(draw.chance(2) ? { authorization: draw.pick(AUTHORIZATIONS) } : {}),
    ...(draw.chance(2)
      ? {
          'impersonate-user': draw.pick([
            'jane',
            '',
            'system:serviceaccount:fuzz:default',
            'system:node:x',
            '\u00e4',
          ]),
        }
      : {}),
    ...(draw.chance(1) ? { 'impersonate-uid': 'x', 'impersonate-extra-%zz': 'y' } : {}),
    ...(draw.chance(2) ? { 'accept-encoding': draw.pick(['gzip', 'br', '*', 'identity;q=0']) } : {}),
    ...(draw.chance(2) ? { 'if-none-match': draw.pick(['"x"', '*', '']) } : {}),
    ...(draw.chance(2)
      ? { 'user-agent': draw.pick(['curl/8', '', 'x'.repeat(300), 'Mozilla/5.0', 'a\u00ffb/1']) }
      : {}),
    ...(draw.chance(1)
      ? { 'kubectl-command': draw.pick(['kubectl apply', '\u00ff']), 'kubectl-session': 'x' }
      : {}),
  };
}

function namedObject(draw: Draw, object: KubeObject, spec: KindSpec, name: string): unknown {
  const named = {
    ...object,
    metadata: { ...object.metadata, ...(draw.chance(5) ? { generateName: 'g-' } : { name }) },
  };
  return mutated(draw, named, spec);
}

/** None, one or two places changed: one wrong field is what is met with most, and what tells most. */
function mutated(draw: Draw, value: unknown, spec: KindSpec): unknown {
  let next = value;
  for (let change = draw.pick([0, 1, 1, 1, 2, 3]); change > 0; change -= 1)
    next = changed(draw, next, spec.schema);
  return next;
}

type Make = (draw: Draw, workspace: Workspace) => Sent;

const created: Make = (draw) => {
  const spec = anyKind(draw);
  const base = collectionPath(draw, spec, NAMESPACE);
  const path = `${base}${queryOf(draw, WRITE_OPTIONS, 1)}`;
  if (draw.chance(12)) return sending('POST', path, protobufOf(draw, apiVersionOf(spec), spec.kind), draw);
  const object = namedObject(draw, manifestOf(apiVersionOf(spec), spec.kind), spec, someName(draw));
  return sending('POST', path, bodyOf(draw, object), draw);
};

const replaced: Make = (draw, workspace) => {
  const spec = anyKind(draw);
  const known = anObject(draw, workspace, spec) ?? manifestOf(apiVersionOf(spec), spec.kind);
  const name = known.metadata.name ?? someName(draw);
  const subresource =
    draw.chance(20) && spec.subresources.length > 0 ? `/${draw.pick(spec.subresources)}` : '';
  const path = `${collectionPath(draw, spec, NAMESPACE)}/${encodeURIComponent(name)}${subresource}${queryOf(draw, WRITE_OPTIONS, 1)}`;
  if (draw.chance(5)) return sending('PUT', path, protobufOf(draw, apiVersionOf(spec), spec.kind), draw);
  const { resourceVersion: _, ...unversioned } = known.metadata;
  const object = draw.chance(50) ? known : { ...known, metadata: unversioned };
  return sending('PUT', path, bodyOf(draw, mutated(draw, object, spec)), draw);
};

const PATCHES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
] as const;

const patched: Make = (draw, workspace) => {
  const spec = anyKind(draw);
  const known = anObject(draw, workspace, spec);
  const type = draw.pick(PATCHES);
  const name = type.includes('apply') || !known ? someName(draw) : (known.metadata.name ?? 'a');
  const subresource =
    draw.chance(15) && spec.subresources.length > 0 ? `/${draw.pick(spec.subresources)}` : '';
  const query = queryOf(draw, [...WRITE_OPTIONS, 'force'], 2);
  const manager =
    type.includes('apply') && draw.chance(90)
      ? `${query === '' ? '?' : '&'}fieldManager=${draw.pick(['one', 'two'])}`
      : '';
  const path = `${collectionPath(draw, spec, NAMESPACE)}/${encodeURIComponent(name)}${subresource}${query}${manager}`;
  return sending('PATCH', path, bodyOf(draw, patchOf(draw, spec, type, name, known), type), draw);
};

function patchOf(
  draw: Draw,
  spec: KindSpec,
  type: (typeof PATCHES)[number],
  name: string,
  known: KubeObject | undefined,
): unknown {
  const manifest = manifestOf(apiVersionOf(spec), spec.kind);
  if (type === 'application/json-patch+json')
    return draw.chance(3) ? anything(draw) : jsonPatch(draw, known ?? manifest);
  if (type === 'application/apply-patch+yaml') {
    const { managedFields: _, ...metadata } = manifest.metadata;
    return mutated(draw, { ...manifest, metadata: { ...metadata, name } }, spec);
  }
  const patch = partOf(draw, mutated(draw, draw.chance(50) ? manifest : (known ?? manifest), spec));
  return type === 'application/strategic-merge-patch+json' ? directed(draw, patch) : patch;
}

/** Some of an object's fields, nulls among them. */
function partOf(draw: Draw, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(() => draw.chance(60))
      .map(([key, each]) => [key, draw.chance(4) ? null : draw.chance(80) ? partOf(draw, each) : each]),
  );
}

/** The same with directives of a strategic merge in it, where they belong and where they do not. */
function directed(draw: Draw, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map((each) => directed(draw, each));
    return draw.chance(10)
      ? [
          ...items,
          draw.pick<unknown>([
            { $patch: 'replace' },
            { $patch: 'delete' },
            { $patch: 'x' },
            { name: 'web', $patch: 'delete' },
            null,
            1,
          ]),
        ]
      : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, directed(draw, each)] as const);
  const extra = draw.chance(8)
    ? [
        draw.pick<readonly [string, unknown]>([
          ['$patch', 'replace'],
          ['$patch', 'delete'],
          ['$patch', 1],
          ['$retainKeys', ['type']],
          ['$retainKeys', 'x'],
          ['$setElementOrder/ports', [{ port: 80 }]],
          ['$setElementOrder/containers', ['x']],
          ['$deleteFromPrimitiveList/finalizers', ['a']],
          ['$deleteFromPrimitiveList/x', 1],
          ['$unknown', null],
        ]),
      ]
    : [];
  return Object.fromEntries([...entries, ...extra]);
}

function jsonPatch(draw: Draw, object: KubeObject): unknown {
  return many(draw, 3, () => {
    if (draw.chance(4)) return anything(draw);
    const path = pointer(draw, object);
    const operation = { op: draw.pick(['replace', 'add', 'remove', 'test', 'move', 'copy', 'x', '']), path };
    if (['move', 'copy'].includes(operation.op)) return { ...operation, from: pointer(draw, object) };
    return draw.chance(95) ? { ...operation, value: anything(draw) } : operation;
  });
}

/** A path to something in an object, or near it. */
function pointer(draw: Draw, object: unknown): unknown {
  if (draw.chance(3))
    return draw.pick<unknown>([
      '',
      '/',
      'a',
      '//',
      '/-',
      '/~',
      '/~2',
      null,
      1,
      '/metadata/name',
      '/metadata/uid',
      '/metadata/resourceVersion',
      '/kind',
      '/__proto__/x',
    ]);
  let path = '';
  let value = object;
  while (typeof value === 'object' && value !== null && draw.chance(85)) {
    const keys = [...Object.keys(value), ...(Array.isArray(value) ? ['-', '99', '-1', '01'] : [])];
    if (keys.length === 0) break;
    const key = draw.chance(95) ? draw.pick(keys) : word(draw);
    path += `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return path;
}

const removed: Make = (draw, workspace) => {
  const spec = anyKind(draw);
  const name = anObject(draw, workspace, spec)?.metadata.name ?? someName(draw);
  const target = draw.chance(85) ? `/${encodeURIComponent(name)}` : '';
  // Whatever else there is of cluster-wide kinds is needed by what follows.
  const safe = target === '' && !spec.namespaced ? '/a' : target;
  const path = `${collectionPath(draw, spec, NAMESPACE)}${safe}${queryOf(draw, target === '' ? [...LIST_OPTIONS, ...DELETE_OPTIONS] : DELETE_OPTIONS, 1)}`;
  if (draw.chance(50)) return { method: 'DELETE', path, headers: headersOf(draw) };
  return sending(
    'DELETE',
    path,
    draw.chance(5) ? protobufOf(draw, 'v1', 'DeleteOptions') : bodyOf(draw, deleteOptions(draw)),
    draw,
  );
};

const listed: Make = (draw) => {
  const spec = anyKind(draw);
  const everywhere = spec.namespaced && draw.chance(20);
  const path = everywhere
    ? `${spec.group === '' ? '/api/v1' : `/apis/${spec.group}/${spec.version}`}/${spec.plural}`
    : collectionPath(draw, spec, draw.chance(95) ? NAMESPACE : someName(draw));
  return {
    method: draw.chance(95) ? 'GET' : 'HEAD',
    path: `${path}${queryOf(draw, LIST_OPTIONS, 4)}`,
    headers: headersOf(draw),
  };
};

const read: Make = (draw, workspace) => {
  const spec = anyKind(draw);
  const name = draw.chance(70)
    ? (anObject(draw, workspace, spec)?.metadata.name ?? someName(draw))
    : someName(draw);
  const subresource = draw.chance(30) && spec.subresources.length > 0 ? draw.pick(spec.subresources) : '';
  const options =
    subresource === 'log'
      ? LOG_OPTIONS
      : ['exec', 'attach', 'portforward'].includes(subresource)
        ? ['command', 'container', 'stdin']
        : ['pretty', 'resourceVersion', 'includeObject', 'export'];
  const path = `${collectionPath(draw, spec, NAMESPACE)}/${name}${subresource === '' ? '' : `/${subresource}`}${queryOf(draw, options)}`;
  return { method: 'GET', path, headers: headersOf(draw) };
};

/** POST to a subresource: bindings, evictions, tokens. */
const posted: Make = (draw, workspace) => {
  const [plural, subresource, kind, apiVersion] = draw.pick([
    ['pods', 'eviction', 'Eviction', 'policy/v1'],
    ['pods', 'binding', 'Binding', 'v1'],
    ['serviceaccounts', 'token', 'TokenRequest', 'authentication.k8s.io/v1'],
    ['pods', 'exec', '', ''],
    ['pods', 'portforward', '', ''],
  ] as const);
  const spec = kinds.find((each) => each.plural === plural && each.group === '');
  const name = (spec && anObject(draw, workspace, spec)?.metadata.name) ?? 'a';
  const body = {
    apiVersion,
    kind,
    metadata: { name: draw.chance(90) ? name : word(draw) },
    ...(kind === 'Binding'
      ? {
          target: draw.chance(80)
            ? { kind: draw.pick(['Node', '', 'Pod']), name: draw.pick(['worker-1', 'x', '']) }
            : anything(draw),
        }
      : {}),
    ...(kind === 'TokenRequest'
      ? {
          spec: draw.chance(80)
            ? {
                audiences: many(draw, 2, () => word(draw)),
                expirationSeconds: draw.pick([600, 3600, 0, -1, 1e10]),
                boundObjectRef: draw.pick([null, { kind: 'Pod', apiVersion: 'v1', name }, { kind: 'x' }]),
              }
            : anything(draw),
        }
      : {}),
    ...(kind === 'Eviction' && draw.chance(40) ? { deleteOptions: deleteOptions(draw) } : {}),
  };
  const path = `/api/v1/namespaces/${NAMESPACE}/${plural}/${encodeURIComponent(name)}/${subresource}${queryOf(draw, [...WRITE_OPTIONS, 'command', 'container'], 1)}`;
  return sending('POST', path, bodyOf(draw, draw.chance(10) ? changed(draw, body, undefined) : body), draw);
};

const ODD = [
  '/',
  '//',
  '/api',
  '/api/',
  '/apis',
  '/api/v1',
  '/api/v2',
  '/apis/apps',
  '/apis/apps/v2',
  '/apis/x.y/v1',
  '/apis/x.y/v1/things/a',
  '/api/v1/namespaces/',
  '/api/v1/namespaces/fuzz/pods//log',
  '/api/v1/watch/pods',
  '/api/v1/namespaces/fuzz/finalize',
  '/api/v1/namespaces/fuzz/namespaces/x',
  '/openapi/v2',
  '/openapi/v3',
  '/openapi/v3/api/v1',
  '/openapi/v3/apis/apps/v1?hash=x',
  '/openapi/v3/%',
  '/healthz',
  '/livez/ping',
  '/readyz?verbose&exclude=x',
  '/version',
  '/metrics',
  '/logs/',
  '/..%2f..%2fetc/passwd',
  '/%00',
  '/api/v1/pods/%2e%2e',
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
  '/api/v1/componentstatuses',
  '/api/v1/replicationcontrollers',
  '*',
  '/?',
  '/#',
  '/api/v1/namespaces/%F0%9F%98%80/pods',
  '/api/v1/nodes/worker-1/proxy/x',
] as const;
const METHODS = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'REPORT',
] as const;

const odd: Make = (draw) => {
  const spec = anyKind(draw);
  const segments = [
    '',
    ...many(draw, 6, () =>
      draw.pick([
        'api',
        'apis',
        'v1',
        'apps',
        'namespaces',
        'fuzz',
        spec.plural,
        'status',
        'scale',
        '',
        encodeURIComponent(word(draw)),
        draw.pick(WRONG_NAMES),
      ]),
    ),
  ];
  const path = draw.chance(50)
    ? draw.pick(ODD)
    : segments
        .join('/')
        .replaceAll(' ', '%20')
        .replaceAll(/[^!-~]/g, '%e4') || '/';
  const method = draw.pick(METHODS);
  const asked = {
    method,
    path: `${path}${path.includes('?') ? '' : queryOf(draw, LIST_OPTIONS, 1)}`,
    headers: headersOf(draw),
  };
  return ['POST', 'PUT', 'PATCH'].includes(method)
    ? sending(method, asked.path, bodyOf(draw, anything(draw)), draw)
    : asked;
};

function sending(
  method: string,
  path: string,
  { bytes, headers }: { readonly bytes: Uint8Array; readonly headers: Readonly<Record<string, string>> },
  draw: Draw,
): Sent {
  return { method, path, headers: { ...headersOf(draw), ...headers }, body: bytes };
}

const MAKERS: readonly Make[] = [
  created,
  created,
  created,
  patched,
  patched,
  patched,
  replaced,
  replaced,
  listed,
  read,
  removed,
  posted,
  odd,
];

/** A request of any kind: what people send, what programs send, and what nobody should. */
export const randomRequest: Make = (draw, workspace) => {
  const sent = draw.pick(MAKERS)(draw, workspace);
  // Node's client sends no other characters, and Go's server would take none.
  return { ...sent, path: sent.path.replaceAll(/[^!-~]/gu, (char) => encodeURIComponent(char)) };
};

/** Kinds whose objects may be written again as they are. */
export const writable: readonly KindSpec[] = kinds.filter((spec) => isServed(spec, 'update'));
