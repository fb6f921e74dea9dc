import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Client, KubeObject } from '../api';
import { type Agreed, negotiate, parseAccept, RESOURCE_FORMS } from './answer/accept';
import { addWarnings, readWarnings } from './answer/answers';
import { createRunningPod, inProcess, ref } from './in-process.test-support';
import { createHandler } from './index';

let client: Client;
let handle: (request: Request) => Promise<Response>;

beforeAll(async () => {
  client = inProcess();
  handle = createHandler(() => client);
  await createRunningPod(client, 'p');
  await createRunningPod(client, 'q');
});

const PODS = '/api/v1/namespaces/default/pods';
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  handle(new Request(`http://cluster${path}`, { method, headers }));
const json = async (path: string, accept = 'application/json') => (await get(path, { accept })).json();
const META = 'g=meta.k8s.io;v=v1';

describe('[H11] Accept', () => {
  const agreed = (accept: string): Agreed | string => {
    try {
      return negotiate(new Request('http://c/', { headers: { accept } }), RESOURCE_FORMS);
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('orders clauses as goautoneg does', () => {
    const order = parseAccept(
      'text/*;q=0.3, */*;q=0.3, text/html;q=0.7, text/html;level=1, bad/x/y, z, text/plain;q=0.3',
    );
    expect(order.map(({ type, subtype }) => `${type}/${subtype}`)).toEqual([
      'text/html',
      'text/html',
      'text/plain',
      'text/*',
      '*/*',
    ]);
  });

  const PLAIN = { media: 'json', pretty: false, target: undefined };
  const TABLE = { kind: 'Table', group: 'meta.k8s.io', version: 'v1' };
  it.each([
    ['*/*', PLAIN],
    ['application/*', PLAIN],
    ['application/vnd.kubernetes.protobuf', PLAIN],
    ['application/yaml', { ...PLAIN, media: 'yaml' }],
    ['application/json;q=0.5, application/yaml', { ...PLAIN, media: 'yaml' }],
    ['application/json;pretty=1', { ...PLAIN, pretty: true }],
    [`application/json;as=Table;${META}, application/json`, { ...PLAIN, target: TABLE }],
    ['application/json;as=Table;v=v2;g=meta.k8s.io,application/json', PLAIN],
    [`application/vnd.kubernetes.protobuf;as=Table;${META},application/json`, PLAIN],
    ['application/json;as=Cake;v=v1;g=meta.k8s.io, application/yaml', { ...PLAIN, media: 'yaml' }],
    ['application/json;stream=cake, application/yaml', { ...PLAIN, media: 'yaml' }],
    [
      'text/html, image/png',
      'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
  ])('%s', (accept, expected) => {
    expect(agreed(accept)).toEqual(expected);
  });

  it('a watch is no YAML', async () => {
    const response = await get(`${PODS}?watch=1`, { accept: 'application/yaml' });
    expect([response.status, response.headers.get('content-type')]).toEqual([406, 'application/yaml']);
    // The printer folds what is longer than a line.
    expect(parse(await response.text()).message).toBe(
      'only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch',
    );
  });

  it('a log is asked for like an object', async () => {
    expect((await get(`${PODS}/p/log`, { accept: 'text/plain' })).status).toBe(406);
    expect((await get(`${PODS}/p/log`)).headers.get('content-type')).toBe('text/plain');
  });
});

describe('[H11] forms', () => {
  it('JSON is one line, or indented for people and their tools', async () => {
    expect(await (await get(`${PODS}/p`)).text()).toMatch(/^\{"apiVersion".*\}\n$/);
    for (const headers of [{ 'user-agent': 'curl/8.0' }, { accept: 'application/json;pretty=1' }]) {
      expect(await (await get(`${PODS}/p`, headers)).text()).toMatch(
        /^\{\n {2}"apiVersion": "v1",\n[\s\S]*\}$/,
      );
    }
    expect(await (await get(`${PODS}/p?pretty=true`)).text()).toContain('\n');
    const plain = await get(`${PODS}/p?pretty=false`, { 'user-agent': 'curl/8.0' });
    expect((await plain.text()).trim()).not.toContain('\n');
  });

  it('JSON is escaped as Go escapes it', async () => {
    const text = await (await get(`${PODS}/%3Cp%3E`)).text();
    expect(text).toContain('\\"\\u003cp\\u003e\\" not found');
  });

  it('YAML, refusals too', async () => {
    const response = await get(`${PODS}/x`, { accept: 'application/yaml' });
    expect(response.headers.get('content-type')).toBe('application/yaml');
    expect(await response.text()).toBe(
      'apiVersion: v1\ncode: 404\ndetails:\n  kind: pods\n  name: x\nkind: Status\nmessage: pods "x" not found\nmetadata: {}\nreason: NotFound\nstatus: Failure\n',
    );
  });

  it('every answer has an id for the audit, the asked one if there is one', async () => {
    expect((await get('/healthz')).headers.get('audit-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect((await get('/healthz', { 'audit-id': 'mine' })).headers.get('audit-id')).toBe('mine');
  });
});

describe('[H2] tables and metadata', () => {
  const table = `application/json;as=Table;${META}`;
  it('a scale has columns of its own', async () => {
    const labels = { app: 'web' };
    const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
    await client.create(ref('deployments', 'apps'), 'default', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { replicas: 2, selector: { matchLabels: labels }, template },
    } as KubeObject);
    const made = await json('/apis/apps/v1/namespaces/default/deployments/web/scale', table);
    expect(made.columnDefinitions.map(({ name }: { name: string }) => name)).toEqual([
      'Name',
      'Desired',
      'Available',
      'Age',
    ]);
    expect(made.rows).toMatchObject([{ cells: ['web', 2, 0, '0s'], object: { metadata: { name: 'web' } } }]);
  });

  it('rows carry metadata, or as much as is asked for', async () => {
    const plain = await json(PODS, table);
    expect(plain).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
    expect(plain.rows.length).toBe(2);
    expect(Object.keys(plain.rows[0].object)).toEqual(['kind', 'apiVersion', 'metadata']);
    expect((await json(`${PODS}/p?includeObject=Object`, table)).rows[0].object.kind).toBe('Pod');
    expect((await json(`${PODS}?includeObject=None`, table)).rows[0].object).toBeNull();
    expect((await json(`${PODS}?includeObject=x`, table)).message).toBe(
      "Unable to convert to Table as requested: includeObject: Invalid value: \"x\": must be 'Metadata', 'Object', 'None', or empty",
    );
    expect((await json(PODS, 'application/json;as=Table;v=v1beta1;g=meta.k8s.io')).apiVersion).toBe(
      'meta.k8s.io/v1beta1',
    );
  });

  it('pages of tables go on like lists', async () => {
    const first = await json(`${PODS}?limit=1`, table);
    expect(first.metadata.remainingItemCount).toBe(1);
    const rest = await json(`${PODS}?limit=1&continue=${first.metadata.continue}`, table);
    expect([...first.rows, ...rest.rows].map((row) => row.cells[0])).toEqual(['p', 'q']);
  });

  it('an object or a list of objects without their bodies', async () => {
    expect(await json(`${PODS}/p`, `application/json;as=PartialObjectMetadata;${META}`)).toMatchObject({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: 'p' },
    });
    const list = await json(PODS, `application/json;as=PartialObjectMetadataList;${META}`);
    expect(list.kind).toBe('PartialObjectMetadataList');
    expect(list.items.map((each: object) => Object.keys(each))).toEqual([
      ['kind', 'apiVersion', 'metadata'],
      ['kind', 'apiVersion', 'metadata'],
    ]);
    const wrong = await get(PODS, { accept: `application/json;as=PartialObjectMetadata;${META}` });
    expect(wrong.status).toBe(406);
    expect((await wrong.json()).message).toBe(
      'you requested PartialObjectMetadata, but the requested object is a list (*core.PodList)',
    );
  });

  it('a patch answers with metadata alone where that is asked for', async () => {
    const response = await handle(
      new Request(`http://cluster${PODS}/q`, {
        method: 'PATCH',
        headers: {
          accept: `application/json;as=PartialObjectMetadata;${META}`,
          'content-type': 'application/merge-patch+json',
        },
        body: '{"metadata":{"labels":{"a":"b"}}}',
      }),
    );
    expect(await response.json()).toMatchObject({
      kind: 'PartialObjectMetadata',
      metadata: { labels: { a: 'b' } },
    });
  });
});

describe('[H4] discovery', () => {
  const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

  it('of the core group', async () => {
    expect(await json('/api')).toEqual({
      kind: 'APIVersions',
      versions: ['v1'],
      serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: 'cluster' }],
    });
    const list = await json('/api/v1');
    expect([list.kind, list.apiVersion, list.groupVersion]).toEqual(['APIResourceList', undefined, 'v1']);
    const names = list.resources.map((each: { readonly name: string }) => each.name);
    expect(names).toEqual([...names].sort());
    const find = (name: string) =>
      list.resources.find((each: { readonly name: string }) => each.name === name);
    expect(find('pods')).toEqual({
      name: 'pods',
      singularName: 'pod',
      namespaced: true,
      kind: 'Pod',
      verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
      shortNames: ['po'],
      categories: ['all'],
      storageVersionHash: 'xPOwRZ+Yhw8=',
    });
    expect(find('pods/eviction')).toEqual({
      name: 'pods/eviction',
      singularName: '',
      namespaced: true,
      group: 'policy',
      version: 'v1',
      kind: 'Eviction',
      verbs: ['create'],
    });
    expect(find('pods/exec')).toMatchObject({ kind: 'PodExecOptions', verbs: ['create', 'get'] });
    expect(find('pods/exec')).not.toHaveProperty('group');
    expect(find('pods/log')).toMatchObject({ kind: 'Pod', verbs: ['get'] });
    expect(find('namespaces/finalize')).toMatchObject({ kind: 'Namespace', verbs: ['update'] });
    expect(find('services/proxy')).toMatchObject({ kind: 'ServiceProxyOptions' });
  });

  it('of the other groups', async () => {
    const { groups } = await json('/apis');
    expect(groups.find((each: { readonly name: string }) => each.name === 'apps')).toEqual({
      name: 'apps',
      versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
      preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
    });
    expect(await json('/apis/apps')).toMatchObject({ kind: 'APIGroup', apiVersion: 'v1', name: 'apps' });
    const list = await json('/apis/apps/v1');
    expect(
      list.resources.find((each: { readonly name: string }) => each.name === 'deployments/scale'),
    ).toEqual({
      name: 'deployments/scale',
      singularName: '',
      namespaced: true,
      group: 'autoscaling',
      version: 'v1',
      kind: 'Scale',
      verbs: ['get', 'patch', 'update'],
    });
  });

  it.each(['/api', '/apis'])('of everything below %s at once, in either version', async (path) => {
    const response = await get(path, { accept: `${AGGREGATED},application/json` });
    expect(response.headers.get('content-type')).toBe(AGGREGATED);
    expect(response.headers.get('vary')).toBe('Accept');
    const list = await response.json();
    expect(list).toMatchObject({
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
      metadata: {},
    });
    expect(list.items[0].metadata).toEqual(path === '/api' ? {} : { name: 'apps' });
    const etag = response.headers.get('etag') ?? '';
    const again = await get(path, { accept: AGGREGATED, 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const old = await json(path, AGGREGATED.replace('v=v2', 'v=v2beta1'));
    expect(old.apiVersion).toBe('apidiscovery.k8s.io/v2beta1');
  });
});

describe('[H12] paths that are no resources', () => {
  it('health, one check or all', async () => {
    for (const path of ['/healthz', '/livez', '/readyz', '/livez/ping', '/readyz/etcd-readiness']) {
      expect(await (await get(path)).text()).toBe('ok');
    }
    expect((await get('/livez/cake')).status).toBe(404);
    const verbose = await (await get('/readyz?verbose&exclude=etcd&exclude=x')).text();
    expect(verbose).toMatch(/^\[\+\]ping ok\n\[\+\]log ok\n\[\+\]etcd excluded: ok\n/);
    expect(verbose).toMatch(
      /warn: some health checks cannot be excluded: no matches for "x"\nreadyz check passed\n$/,
    );
  });

  it('the version, and what there is', async () => {
    expect(await json('/version')).toMatchObject({
      major: '1',
      minor: '35',
      emulationMajor: '1',
      emulationMinor: '35',
      minCompatibilityMajor: '1',
      minCompatibilityMinor: '34',
      gitVersion: 'v1.35.0',
      gitTreeState: 'clean',
      compiler: 'gc',
    });
    const { paths } = await json('/');
    expect(paths).toContain('/apis/apps/v1');
    expect(paths).toEqual([...paths].sort());
    for (const path of paths) expect((await get(path)).status, path).toBe(200);
  });
});

describe('[H5] warnings', () => {
  it.each([
    ['plain "text"', '299 - "plain \\"text\\""'],
    ['grüße 😀', '299 - "grÃ¼Ã\x9fe ð\x9f\x98\x80"'],
    ['no\nlines', null],
  ])('%j travels as bytes of UTF-8, or not at all', (text, header) => {
    const headers = new Headers();
    addWarnings(headers, [text]);
    expect(headers.get('warning')).toBe(header);
    expect(readWarnings(headers)).toEqual(header === null ? [] : [text]);
  });
});

const service = (name: string) =>
  ({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports: [{ port: 80 }] } }) as KubeObject;

describe('[H1] lists', () => {
  it('say what their items are once', async () => {
    const { kind, items } = await json(PODS);
    expect(kind).toBe('PodList');
    for (const item of items) expect(Object.keys(item)).toEqual(['metadata', 'spec', 'status']);
  });

  it('of what a DELETE of the collection deleted, also as a table', async () => {
    const services = '/api/v1/namespaces/default/services';
    const names = ['x', 'y'];
    for (const name of names) await client.create(ref('services'), 'default', service(name));
    const listed = await json(services);
    const dryRun = (accept: string) => get(`${services}?dryRun=All`, { accept }, 'DELETE');
    expect(await (await dryRun('application/json')).json()).toEqual(listed);
    const table = await (await dryRun(`application/json;as=Table;${META}`)).json();
    expect(table.rows.map(({ cells }: { cells: unknown[] }) => cells[0])).toEqual(names);
    expect(await (await get(services, {}, 'DELETE')).json()).toEqual(listed);
    expect((await json(services)).items).toEqual([]);
  });
});
