import { describe, expect, it } from 'vitest';
import type { Client, KubeObject, StatusError, WatchEvent } from '../api';
import { createCancel, NEVER } from '../base';
import { clientFor, createRunningPod, inProcess, ref, startServer } from './in-process.test-support';
import { createHandler, createHttpClient, readCredentials } from './index';

const services = ref('services');

function overHttp(): Client {
  const server = startServer();
  return createHttpClient({
    server: 'http://cluster/prefix',
    send: withoutPrefix(createHandler(({ headers }) => clientFor(server, readCredentials(headers)))),
  });
}

const withoutPrefix =
  (handler: (request: Request) => Promise<Response>) =>
  (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const path = pathname.replace('/prefix', '');
    const init = { method: request.method, headers: request.headers, signal: request.signal };
    const body = request.method === 'GET' ? {} : { body: request.body, duplex: 'half' };
    return handler(new Request(`http://cluster${path}${search}`, { ...init, ...body } as RequestInit));
  };

const service = (name: string, labels: Record<string, string> = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels },
    spec: { selector: { app: name }, ports: [{ port: 80 }] },
  }) as KubeObject;

const refusal = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    return `${(error as StatusError).code} ${(error as StatusError).message}`;
  }
  return 'nothing';
};

describe.each([
  ['in process', inProcess],
  ['over HTTP', overHttp],
])('[H6] a client %s', (_where, make) => {
  it('knows every version of a resource, the preferred one first', async () => {
    const all = await make().resources();
    const own = all.filter(({ resource }) => resource === 'horizontalpodautoscalers');
    expect(own.map(({ version }) => version)).toEqual(['v2', 'v1']);
  });

  it('says what reads warn of', async () => {
    const client = make();
    const endpoints = ref('endpoints');
    await client.list(endpoints, 'default');
    await client.list(services, 'default');
    expect(await client.warningsOf(endpoints)).toEqual([
      'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
    ]);
    expect(await client.warningsOf(services)).toEqual([]);
  });

  it('creates, gets, updates, patches and deletes', async () => {
    const client = make();
    const created = await client.create(services, 'default', service('web'));
    expect(created.code).toBe(201);
    expect(await client.get(services, 'default', 'web')).toEqual(created.object);
    const patched = await client.patch(services, 'default', 'web', 'strategic', {
      spec: { ports: [{ port: 80, targetPort: 8080 }] },
    });
    expect(patched.object).toMatchObject({
      spec: { ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }] },
    });
    expect(await refusal(client.update(services, 'default', created.object))).toBe(
      '409 Operation cannot be fulfilled on services "web": the object has been modified; please apply your changes to the latest version and try again',
    );
    const deleted = await client.delete(services, 'default', 'web', { propagationPolicy: 'Background' });
    expect(deleted.object).toMatchObject({ kind: 'Service', metadata: { name: 'web' } });
    expect(await refusal(client.get(services, 'default', 'web'))).toBe('404 services "web" not found');
  });

  it('warns, and refuses strictly', async () => {
    const client = make();
    const odd = { ...service('web'), spec: { nothing: 'x', ports: [{ port: 80 }] } } as KubeObject;
    const warned = await client.create(services, 'default', odd, { dryRun: true, fieldValidation: 'Warn' });
    expect(warned.warnings).toEqual(['unknown field "spec.nothing"']);
    expect(await refusal(client.create(services, 'default', odd, { fieldValidation: 'Strict' }))).toBe(
      '400 Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.nothing"',
    );
    expect(await refusal(client.get(services, 'default', 'web'))).toBe('404 services "web" not found');
  });

  it('lists by selector and page, and as a table', async () => {
    const client = make();
    for (const name of ['a', 'b', 'c']) await client.create(services, 'default', service(name, { name }));
    const page = await client.list(services, '', { limit: 2 });
    expect(page.items.map((each) => each.metadata.name)).toEqual(['a', 'b']);
    const rest = await client.list(services, '', { limit: 2, continue: page.metadata.continue });
    expect(rest.items.map((each) => each.metadata.name)).toEqual(['c']);
    const table = await client.table(services, 'default', { labelSelector: 'name in (a, c)' });
    expect(table.rows.map((row) => row.cells[0])).toEqual(['a', 'c']);
    expect(table.rows[0]?.object).toMatchObject({ kind: 'Service' });
    expect((await client.table(services, 'default', { name: 'b' })).rows.length).toBe(1);
    expect(await refusal(client.list(services, '', { labelSelector: 'a=b=' }))).toBe(
      "400 found '=', expected: ',' or 'end of string'",
    );
  });

  it('watches until called off', async () => {
    const client = make();
    await client.create(services, 'default', service('a'));
    const cancel = createCancel();
    const seen: string[] = [];
    const note = ({ type, object }: WatchEvent) => seen.push(`${type} ${object.metadata.name ?? ''}`.trim());
    const options = { sendInitialEvents: true, allowWatchBookmarks: true, cancel };
    for await (const event of client.watch(services, 'default', options)) {
      note(event);
      if (event.type === 'BOOKMARK') await client.create(services, 'default', service('b'));
      if (event.object.metadata.name === 'b') cancel.cancel();
    }
    expect(seen).toEqual(['ADDED a', 'BOOKMARK', 'ADDED b']);
  });

  it('watches tables, and refuses at once what cannot be watched', async () => {
    const client = make();
    await client.create(services, 'default', service('a'));
    for await (const { object } of client.watchTable(services, 'default', { cancel: NEVER })) {
      expect(object.rows[0]?.cells[0]).toBe('a');
      break;
    }
    const first = client.watch(services, '', { labelSelector: '!!', cancel: NEVER })[Symbol.asyncIterator]();
    expect(await refusal(first.next())).toMatch(/^400 /);
  });

  it('scales, evicts and deletes many', async () => {
    const client = make();
    const spec = {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'c', image: 'nginx' }] },
      },
    };
    const deployments = ref('deployments', 'apps');
    const body = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec } as KubeObject;
    await client.create(deployments, 'default', body);
    await client.patch(
      deployments,
      'default',
      'web',
      'merge',
      { spec: { replicas: 4 } },
      { subresource: 'scale' },
    );
    expect(await client.get(deployments, 'default', 'web', 'scale')).toMatchObject({ spec: { replicas: 4 } });
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: spec.template.spec,
    } as KubeObject;
    await client.create(ref('pods'), 'default', pod);
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'p' } };
    await client.create(ref('pods'), 'default', eviction, { name: 'p', subresource: 'eviction' });
    expect((await client.list(ref('pods'), 'default')).items).toEqual([]);
    await client.create(services, 'default', service('a'));
    expect(await client.deleteCollection(services, 'default', {})).toMatchObject({
      kind: 'ServiceList',
      items: [{ kind: 'Service', metadata: { name: 'a' } }],
    });
    expect((await client.list(services, 'default')).items).toEqual([]);
  });

  it('asks to be connected', async () => {
    const client = make();
    const connect = (pod: string, container = '') =>
      refusal(client.connect('default', pod, 'exec', container));
    expect(await connect('p')).toBe('404 pods "p" not found');
    await createRunningPod(client, 'p');
    expect(await connect('p', 'x')).toBe('400 container x is not valid for pod p');
    expect(await connect('p')).toBe('nothing');
  });

  it('reads logs, raw paths, versions and resources', async () => {
    const client = make();
    await createRunningPod(client, 'p');
    let text = '';
    for await (const piece of client.logs('default', 'p', { cancel: NEVER })) text += piece;
    expect(text).toBe('hello\n');
    expect(await client.raw('/readyz')).toBe('ok');
    expect(await client.version()).toMatchObject({ gitVersion: 'v1.35.0' });
    const resources = await client.resources();
    expect(resources.find((each) => each.resource === 'deployments')).toMatchObject({
      group: 'apps',
      kind: 'Deployment',
      namespaced: true,
      shortNames: ['deploy'],
    });
    expect(resources.find((each) => each.resource === 'pods')?.subresources).toContain('log');
  });

  it('[H13] speaks for whom it impersonates, and for a token’s owner', async () => {
    const client = make();
    const forbidden =
      '403 services is forbidden: User "jane" cannot list resource "services" in API group "" in the namespace "default"';
    const jane = client.as({
      impersonate: { user: 'jane', groups: ['a', 'b'], extra: { 'x/Y': ['1', '2'] } },
    });
    expect(await refusal(jane.list(services, 'default'))).toBe(forbidden);
    expect(await refusal(jane.as({ impersonate: { user: 'joe' } }).list(services, 'default'))).toBe(
      forbidden.replace('jane', 'joe'),
    );
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview', metadata: {} };
    const self = ref('selfsubjectreviews', 'authentication.k8s.io');
    const master = client.as({
      impersonate: { user: 'jane', uid: '7', groups: ['a', 'system:masters'], extra: { 'x/Y': ['1', '2'] } },
    });
    expect((await master.create(self, '', review)).object).toMatchObject({
      status: {
        userInfo: {
          username: 'jane',
          uid: '7',
          groups: ['a', 'system:masters', 'system:authenticated'],
          extra: { 'x/y': ['1', '2'] },
        },
      },
    });
    expect(await refusal(client.as({ impersonate: { groups: ['a'] } }).list(services, 'default'))).toBe(
      '500 requested [{Group  a    }] without impersonating a user',
    );
    const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata: {} };
    const asked = { name: 'default', subresource: 'token' };
    const { object } = await client.create(ref('serviceaccounts'), 'default', request, asked);
    const { token } = (object as unknown as { readonly status: { readonly token: string } }).status;
    expect(await refusal(client.as({ token }).list(services, 'default'))).toBe(
      forbidden.replace('jane', 'system:serviceaccount:default:default'),
    );
    expect(await refusal(client.as({ token: `${token}x` }).list(services, 'default'))).toBe(
      '401 Unauthorized',
    );
  });
});
