import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clientBinaries } from '../../testing/clients/binaries.test-support';
import { createLabContents } from '../cohorts';
import { createGuests } from '../guests';
import { createWorkspaceKeys, REQUEST_LIMITS, type WorkspaceKeys } from '../kube-api';
import { openLabFor } from '../learner';
import { createRegistry, createWorkspaceStore, type PageSocket, type Registry } from '../live';
import { type LabsOnDatabase, startLabsOnDatabase } from '../live/labs-on-database.test-support';
import type { ServerMessage } from '../protocol';
import { createKubeRoutes, type KubeRoutes } from './kube-routes';

let labs: LabsOnDatabase;
let keys: WorkspaceKeys;
let registry: Registry;
let routes: KubeRoutes;
let server: Server;
let origin: string;

/** Starts the serving half anew; what the one before held in memory is stored first. */
async function startServing(now?: () => number): Promise<void> {
  const { prisma } = labs.database;
  keys = createWorkspaceKeys(prisma);
  registry = createRegistry(createWorkspaceStore(prisma), () => labs.library, labs.starts, keys);
  routes = createKubeRoutes(keys, registry, now);
  server = createServer((request, response) => {
    if (routes.owns(request)) void routes.answer(request, response);
    else response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function stopServing(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  routes.close();
  await registry.closeAll();
}

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  labs = await startLabsOnDatabase();
  await startServing();
}, 120_000);

afterAll(async () => {
  await stopServing();
  await labs.dispose();
}, 60_000);

async function newWorkspace(): Promise<string> {
  const { prisma } = labs.database;
  const { guest } = await createGuests(prisma).create();
  const [lab] = labs.library.labs;
  if (lab === undefined) throw new Error('there is a lab');
  const contents = createLabContents(prisma);
  const learning = { prisma, starts: labs.starts, registry, contents, library: async () => labs.library };
  const opened = await openLabFor(learning, guest, lab.track, lab.slug);
  if (opened === undefined) throw new Error('the lab is opened');
  return opened.workspaceId;
}

const configMap = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What a program printed, once it has ended. */
function ranOf(child: ChildProcessWithoutNullStreams): Promise<Ran> {
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

const ask = (key: string, path: string, init: RequestInit = {}) => fetch(`${origin}/k8s/${key}${path}`, init);
const post = (key: string, path: string, body: unknown) =>
  ask(key, path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

describe('the API of a workspace', () => {
  it('[V12] is served to whoever has its key, and to nobody else', async () => {
    const id = await newWorkspace();
    const { key } = await keys.make(id);
    expect((await ask(key, '/api/v1/nodes')).status).toBe(200);
    for (const wrong of ['nonsense', 'x'.repeat(43), `${key}x`]) {
      const refused = await ask(wrong, '/api/v1/nodes');
      expect(refused.status).toBe(401);
      expect(await refused.json()).toMatchObject({ kind: 'Status', reason: 'Unauthorized' });
    }
  });

  it('[V12] a new key ends the old one, and cuts whoever is connected by it', async () => {
    const id = await newWorkspace();
    const { key: first } = await keys.make(id);
    const watch = await ask(first, `${CONFIG_MAPS}?watch=true`);
    const ended = watch.text().then(
      () => 'ended',
      () => 'cut',
    );
    const { key: second } = await keys.make(id);
    expect(await ended).toBe('cut');
    expect((await ask(first, '/version')).status).toBe(401);
    expect((await ask(second, '/version')).status).toBe(200);
    await keys.revoke(id);
    expect((await ask(second, '/version')).status).toBe(401);
    expect(await keys.describe(id)).toBeNull();
  });

  it('[V12] hands out a kubeconfig that leads to itself', async () => {
    const { key } = await keys.make(await newWorkspace());
    const config = await (await ask(key, '/kubeconfig')).text();
    expect(config).toContain(`server: ${origin}/k8s/${key}\n`);
  });

  it('[V12] that kubeconfig names a user, without whom kubectl would ask a person over TLS; any other token is none', async () => {
    const { key } = await keys.make(await newWorkspace());
    const config = await (await ask(key, '/kubeconfig')).text();
    expect(config).toContain(`user:\n      token: ${key}\n`);
    const shown = (token: string) =>
      ask(key, '/api/v1/nodes', { headers: { Authorization: `Bearer ${token}` } });
    expect((await shown(key)).status).toBe(200);
    expect((await shown(`${key}x`)).status).toBe(401);
  });

  it('[V12] the real kubectl works with that kubeconfig, until the key is revoked', async () => {
    const id = await newWorkspace();
    const { key } = await keys.make(id);
    const folder = mkdtempSync(join(tmpdir(), 'portside-own-kubectl-'));
    const config = join(folder, 'portside.kubeconfig');
    writeFileSync(config, await (await ask(key, '/kubeconfig')).text());
    const manifest = join(folder, 'manifest.json');
    writeFileSync(manifest, JSON.stringify(configMap('mine')));
    const kubectl = (...args: readonly string[]) =>
      spawn(join(clientBinaries(), 'kubectl'), ['--kubeconfig', config, ...args], {
        env: { NODE_ENV: 'test', HOME: folder, LANG: 'C.UTF-8' },
      });
    try {
      expect(await ranOf(kubectl('get', 'nodes', '-o', 'name'))).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^node\/control-plane\n(node\/\S+\n)+$/),
      });
      const watching = kubectl('get', 'configmaps', '--watch', '-o', 'name');
      const watched = ranOf(watching);
      // What there was tells that it stands.
      await once(watching.stdout, 'data');
      const applied = await ranOf(kubectl('apply', '-f', manifest));
      expect(applied).toEqual({ code: 0, out: 'configmap/mine created\n', err: '' });
      expect(await ranOf(kubectl('get', 'configmap', 'mine', '-o', 'jsonpath={.metadata.name}'))).toEqual({
        code: 0,
        out: 'mine',
        err: '',
      });
      await keys.revoke(id);
      expect((await watched).out).toMatch(/^configmap\/kube-root-ca.crt\nconfigmap\/mine\n$/);
      const refused = await ranOf(kubectl('get', 'nodes'));
      expect(refused).toMatchObject({
        code: 1,
        err: expect.stringContaining('error: You must be logged in to the server'),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 120_000);

  it('[V6] a write that was answered is there after a restart of the server, once', async () => {
    const { key } = await keys.make(await newWorkspace());
    expect((await post(key, CONFIG_MAPS, configMap('kept'))).status).toBe(201);
    await stopServing();
    await startServing();
    const { items } = (await (await ask(key, CONFIG_MAPS)).json()) as {
      items: { metadata: { name: string } }[];
    };
    expect(items.map(({ metadata }) => metadata.name).filter((name) => name === 'kept')).toEqual(['kept']);
    expect((await post(key, CONFIG_MAPS, configMap('kept'))).status).toBe(409);
  });

  it('[V11] what one client writes, another watches and a page sees; undo ends the watch with 410', async () => {
    const id = await newWorkspace();
    const { key } = await keys.make(id);
    const heard: ServerMessage[] = [];
    const page: PageSocket = { send: (text) => heard.push(JSON.parse(text)), backlog: 0, close: () => {} };
    const live = await registry.open(id);
    live.receive(page, { type: 'hello', size: { columns: 80, rows: 24 } });
    const watch = await ask(key, `${CONFIG_MAPS}?watch=true&fieldSelector=metadata.name%3Dseen`);
    const events = watch.text();
    await post(key, CONFIG_MAPS, configMap('seen'));
    await vi.waitFor(() => {
      const changes = heard.flatMap((message) => (message.type === 'cluster' ? message.changes : []));
      expect(changes.map(({ object }) => object.metadata.name)).toContain('seen');
    });
    live.receive(page, { type: 'undo', id: 1 });
    const lines = (await events)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; object: { code?: number } });
    expect(lines.map(({ type }) => type)).toEqual(['ADDED', 'ERROR']);
    expect(lines.at(-1)?.object.code).toBe(410);
    expect((await ask(key, `${CONFIG_MAPS}/seen`)).status).toBe(404);
    live.detach(page);
  });

  it('[V12] one workspace that asks too much is told so, and the others are not slowed', async () => {
    await stopServing();
    await startServing(() => 0);
    const { key: greedy } = await keys.make(await newWorkspace());
    const { key: modest } = await keys.make(await newWorkspace());
    const flood = await Promise.all(
      Array.from({ length: REQUEST_LIMITS.burst + 40 }, () => ask(greedy, '/version')),
    );
    const refused = flood.filter(({ status }) => status === 429);
    expect(refused.length).toBe(40);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    expect(await refused[0]?.text()).toBe('Too many requests, please try again later.\n');
    expect((await ask(modest, '/version')).status).toBe(200);
  });
});
