import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../../api';
import type { Workspace } from '../../workspace';
import type { Draw } from './draw';
import { NAMESPACE } from './requests/targets.test-support';
import { send } from './send.test-support';
import { type ServedFork, serveFork } from './served-fork.test-support';

const NAMES = ['a', 'b', 'c'] as const;
const APPS = ['web', 'db', null] as const;
const STEPS = 12;
/** Events are with a watcher in a moment; whoever waits so long waits in vain. */
const PATIENCE_MS = 2_000;
const LOOK_AGAIN_MS = 2;

/** What of a collection is watched, and what moves its objects in and out of a selection. */
interface Watched {
  readonly path: string;
  readonly manifest: KubeObject & Readonly<Record<string, unknown>>;
  /** Selectors of fields, and merge patches that change those. */
  readonly fields: readonly string[];
  readonly patches: readonly (readonly [subresource: string, patch: object])[];
}

const CORE = `/api/v1/namespaces/${NAMESPACE}`;
const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {},
  spec: { containers: [{ name: 'c', image: 'nginx' }] },
};

const COLLECTIONS: readonly Watched[] = [
  {
    path: `${CORE}/configmaps`,
    manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} },
    fields: ['metadata.name=a', 'metadata.name!=b', 'metadata.name=a,metadata.name=b'],
    patches: [
      ['', { data: { x: '1' } }],
      ['', { data: { x: null } }],
    ],
  },
  {
    path: `${CORE}/pods`,
    manifest: POD,
    fields: [
      'status.phase=Pending',
      'status.phase!=Pending',
      'spec.nodeName=',
      'spec.nodeName!=',
      'metadata.name=c',
    ],
    patches: ['Pending', 'Running', 'Failed'].map((phase) => ['/status', { status: { phase } }] as const),
  },
  {
    path: `${CORE}/services`,
    manifest: { apiVersion: 'v1', kind: 'Service', metadata: {}, spec: { ports: [{ port: 80 }] } },
    fields: ['spec.type=NodePort', 'spec.type!=NodePort', 'spec.clusterIP!=None'],
    patches: ['NodePort', 'ClusterIP', 'LoadBalancer'].map((type) => ['', { spec: { type } }] as const),
  },
  {
    path: `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`,
    manifest: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {},
      spec: {
        selector: { matchLabels: { d: 'd' } },
        template: { metadata: { labels: { d: 'd' } }, spec: POD.spec },
      },
    },
    fields: ['metadata.namespace=fuzz', 'metadata.namespace!=fuzz'],
    patches: [
      ['', { spec: { replicas: 2 } }],
      ['/scale', { spec: { replicas: 0 } }],
    ],
  },
];

const LABELS = [
  'app=web',
  'app!=web',
  'app',
  '!app',
  'app in (web,db)',
  'app notin (db)',
  'app=web,!tier',
  '',
] as const;

interface Watcher {
  readonly line: IncomingMessage;
  readonly events: { readonly type: string; readonly object: KubeObject }[];
}

/** A watch of a collection from a version. */
function watch({ port }: ServedFork, path: string, query: string): Promise<Watcher> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: `${path}?watch=1&${query}` }, (line) => {
      const events: Watcher['events'] = [];
      createInterface({ input: line }).on('line', (text) => events.push(JSON.parse(text)));
      // The test cuts it.
      line.on('error', () => {});
      resolve({ line, events });
    });
    asked.once('error', reject);
    asked.end();
  });
}

const selectionOf = (draw: Draw, { fields }: Watched): Record<string, string> => ({
  labelSelector: draw.pick(LABELS),
  ...(draw.chance(50) ? { fieldSelector: draw.pick(fields) } : {}),
});

interface Listed {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly KubeObject[];
}

/** What breaks the law that a list and the events since are the later list; for watches that were there and such as come late. */
export async function watchProblems(start: Workspace, draw: Draw): Promise<readonly string[]> {
  const fork = await serveFork(start);
  const log: string[] = [];
  const open: Watcher[] = [];
  try {
    const watched = draw.pick(COLLECTIONS);
    for (let step = draw.integer(0, 4); step > 0; step -= 1) log.push(await change(fork, draw, watched));
    const selection = new URLSearchParams(selectionOf(draw, watched)).toString();
    const list = async () =>
      JSON.parse((await ask(fork, 'GET', `${watched.path}?${selection}`)).text) as Listed;
    const before = await list();
    const since = `${selection}&resourceVersion=${before.metadata.resourceVersion}`;
    const early = await watch(fork, watched.path, since);
    open.push(early);
    for (let step = draw.integer(1, STEPS); step > 0; step -= 1) log.push(await change(fork, draw, watched));
    const after = await list();
    const late = await watch(fork, watched.path, since);
    open.push(late);
    const problems: string[] = [];
    for (const [name, watcher] of Object.entries({ early, late })) {
      const problem = await lawProblem(before, after, watcher);
      if (problem !== undefined)
        problems.push(`${name} watch of ${watched.path}?${since}: ${problem}`, ...log);
    }
    return problems;
  } finally {
    for (const { line } of open) line.destroy();
    await fork.stop();
  }
}

async function change(fork: ServedFork, draw: Draw, { path, manifest, patches }: Watched): Promise<string> {
  const name = draw.pick(NAMES);
  const app = draw.pick(APPS);
  const labels = { app, ...(draw.chance(20) ? { tier: 'x' } : {}) };
  const kind = draw.pick([
    'create',
    'create',
    'label',
    'label',
    'field',
    'delete',
    'deletecollection',
    'wait',
  ] as const);
  if (kind === 'wait') {
    await fork.pass(draw.pick([100, 2000]));
    return 'wait';
  }
  const [subresource, patch] = draw.pick(patches);
  const { status } = await {
    create: () =>
      ask(fork, 'POST', path, { ...manifest, metadata: { name, labels: app === null ? {} : labels } }),
    label: () => ask(fork, 'PATCH', `${path}/${name}`, { metadata: { labels } }),
    field: () => ask(fork, 'PATCH', `${path}/${name}${subresource}`, patch),
    delete: () => ask(fork, 'DELETE', `${path}/${name}${draw.chance(50) ? '?gracePeriodSeconds=0' : ''}`),
    deletecollection: () => ask(fork, 'DELETE', `${path}?labelSelector=app=db`),
  }[kind]();
  return `${kind} ${name} ${app} ${JSON.stringify(patch)}: ${status}`;
}

function ask(fork: ServedFork, method: string, path: string, body?: object) {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const bytes = body && Buffer.from(JSON.stringify(body));
  return send(fork, { method, path, headers: { 'content-type': type }, ...(bytes ? { body: bytes } : {}) });
}

async function lawProblem(before: Listed, after: Listed, { events }: Watcher): Promise<string | undefined> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const outcome = applied(before, events, Number(after.metadata.resourceVersion));
    if (typeof outcome === 'string') return outcome;
    const expected = new Map(after.items.map((each) => [each.metadata.name, each]));
    if (isDeepStrictEqual(outcome, expected)) return undefined;
    if (performance.now() > deadline)
      return `gave ${JSON.stringify([...outcome.values()])}\nwhere there is ${JSON.stringify(after.items)}\nafter ${JSON.stringify(events)}`;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

/** The list with the events up to a version laid over it; each has to make sense where it comes. */
function applied(
  before: Listed,
  events: Watcher['events'],
  until: number,
): Map<string | undefined, KubeObject> | string {
  const typed = (object: KubeObject) => withoutKind(object);
  const objects = new Map(before.items.map((each) => [each.metadata.name, typed(each)]));
  let last = Number(before.metadata.resourceVersion);
  for (const { type, object } of events) {
    const { name, resourceVersion } = object.metadata;
    if (!(Number(resourceVersion) > last)) return `${type} ${name} ${resourceVersion} comes after ${last}`;
    last = Number(resourceVersion);
    if (last > until) break;
    if ((type === 'ADDED') === objects.has(name)) return `${type} ${name}, ${JSON.stringify(events)}`;
    if (type === 'DELETED') objects.delete(name);
    else if (type === 'ADDED' || type === 'MODIFIED') objects.set(name, typed(object));
    else return `${type}: ${JSON.stringify(object)}`;
  }
  return objects;
}

/** Objects in lists do not say what they are. */
function withoutKind(object: KubeObject): KubeObject {
  const { apiVersion: _version, kind: _kind, ...rest } = object;
  return rest as KubeObject;
}
