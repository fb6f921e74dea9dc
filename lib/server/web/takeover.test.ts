import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clientBinaries } from '../../testing/clients/binaries.test-support';
import { type Bus, createBus } from '../bus';
import { createLabContents } from '../cohorts';
import { connectOnce } from '../database';
import { freePort } from '../free-port';
import { createGuests } from '../guests';
import { createWorkspaceKeys, type WorkspaceKeys } from '../kube-api';
import { openLabFor } from '../learner';
import { joinProcesses, type Leases } from '../lease';
import { createRegistry, createWorkspaceStore, type Registry } from '../live';
import { type LabsOnDatabase, startLabsOnDatabase } from '../live/labs-on-database.test-support';
import { createKubeRoutes, type KubeRoutes } from './kube-routes';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

let labs: LabsOnDatabase;
let bus: Bus;
let leases: Leases;
let keys: WorkspaceKeys;
let registry: Registry;
let routes: KubeRoutes;
let server: Server;
let origin: string;

/** The process that goes on. */
beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  labs = await startLabsOnDatabase();
  const { prisma } = labs.database;
  bus = createBus(prisma, () => connectOnce(labs.url));
  await bus.ready;
  const port = await freePort('127.0.0.1');
  leases = await joinProcesses({
    prisma,
    bus,
    processId: randomUUID(),
    address: `127.0.0.1:${port}`,
    only: false,
  });
  keys = createWorkspaceKeys(prisma);
  const store = createWorkspaceStore(prisma, leases);
  registry = createRegistry(store, () => labs.library, labs.starts, keys, undefined, leases);
  routes = createKubeRoutes(keys, registry, undefined, leases);
  server = createServer((request, response) => void routes.answer(request, response));
  server.on('upgrade', (request, socket, head) => void routes.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${port}`;
}, 120_000);

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  routes.close();
  await registry.closeAll();
  await leases.close();
  await bus.close();
  await labs.dispose();
}, 60_000);

/** A workspace whose process is gone: it has the lease still, at an address where `there` answers, or nobody. */
async function orphan(there?: Server) {
  const { prisma } = labs.database;
  const { guest } = await createGuests(prisma).create();
  const [lab] = labs.library.labs;
  if (lab === undefined) throw new Error('there is a lab');
  const alone = createRegistry(createWorkspaceStore(prisma), () => labs.library, labs.starts, keys);
  const contents = createLabContents(prisma);
  const learning = {
    prisma,
    starts: labs.starts,
    registry: alone,
    contents,
    library: async () => labs.library,
  };
  const opened = await openLabFor(learning, guest, lab.track, lab.slug);
  if (opened === undefined) throw new Error('the lab is opened');
  await alone.closeAll();
  const workspaceId = opened.workspaceId;
  const port = there === undefined ? await freePort('127.0.0.1') : (there.address() as AddressInfo).port;
  const id = randomUUID();
  const expiresAt = new Date(Date.now() + 60_000);
  await prisma.serverProcess.create({ data: { id, address: `127.0.0.1:${port}`, expiresAt } });
  const data = { holder: id, fence: 7n };
  await prisma.workspaceLease.upsert({
    where: { workspaceId },
    update: data,
    create: { workspaceId, ...data },
  });
  const { key } = await keys.make(workspaceId);
  return {
    key,
    url: `${origin}/k8s/${key}`,
    isOrphan: async () => {
      const lease = await prisma.workspaceLease.findUnique({ where: { workspaceId } });
      return lease?.holder === id;
    },
    /** The lease runs out, once the request that was sent has had time to wait for it. */
    async runOut() {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await prisma.serverProcess.update({ where: { id }, data: { expiresAt: new Date(0) } });
    },
  };
}

/** A process that reads a request and dies over it. */
async function dying(): Promise<Server> {
  const there = createServer((request) => request.socket.destroy());
  await new Promise<void>((resolve) => there.listen(0, '127.0.0.1', resolve));
  return there;
}

describe('[V20] a workspace whose process has died', () => {
  it('the real kubectl waits for, reads, writes and executes in', async () => {
    const left = await orphan();
    const folder = mkdtempSync(join(tmpdir(), 'portside-takeover-'));
    const config = join(folder, 'portside.kubeconfig');
    writeFileSync(config, await (await fetch(`${left.url}/kubeconfig`)).text());
    const kubectl = (...args: readonly string[]) =>
      promisify(execFile)(join(clientBinaries(), 'kubectl'), ['--kubeconfig', config, ...args], {
        env: { NODE_ENV: 'test', HOME: folder },
      });
    try {
      const asked = kubectl('create', 'configmap', 'mine', '--from-literal=word=anchor');
      await left.runOut();
      expect(await asked).toEqual({ stdout: 'configmap/mine created\n', stderr: '' });
      const read = await kubectl('get', 'configmap', 'mine', '-o', 'jsonpath={.data.word}');
      expect(read.stdout).toBe('anchor');
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);

  it('is answered for when its lease has run out, to all who asked meanwhile', async () => {
    const left = await orphan();
    const post = fetch(`${left.url}${CONFIG_MAPS}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine' } }),
    });
    const reads = Array.from({ length: 4 }, () => fetch(`${left.url}/api/v1/nodes`));
    await left.runOut();
    expect((await Promise.all([post, ...reads])).map(({ status }) => status)).toEqual([
      201, 200, 200, 200, 200,
    ]);
    expect((await fetch(`${left.url}${CONFIG_MAPS}/mine`)).status).toBe(200);
  }, 60_000);

  it('a line into one of its containers is opened', async () => {
    const left = await orphan();
    const path = '/api/v1/namespaces/kube-system/pods/nobody/exec?command=date&stdout=true';
    const opened = upgrade(left.key, path);
    await left.runOut();
    // The API itself says so: it was asked.
    expect(await opened.heard).toMatch(/^HTTP\/1\.1 404 [\s\S]*pods \\"nobody\\" not found/);
  }, 60_000);

  it('whoever hangs up is waited for no more: the lease stays where it is', async () => {
    const left = await orphan();
    const leaving = new AbortController();
    const asked = fetch(`${left.url}/api/v1/nodes`, { signal: leaving.signal });
    const line = upgrade(left.key, '/api/v1/namespaces/default/pods/nobody/exec?command=date');
    setTimeout(() => {
      leaving.abort();
      line.hangUp();
    }, 500);
    await expect(asked).rejects.toThrow('aborted');
    await left.runOut();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await line.heard).toBe('');
    expect(await left.isOrphan()).toBe(true);
  }, 60_000);

  it('a request over which it died is asked again when it only reads, and not when it writes', async () => {
    const there = await dying();
    const left = await orphan(there);
    try {
      const written = await fetch(`${left.url}${CONFIG_MAPS}`, { method: 'POST', body: '{}' });
      expect([written.status, written.headers.get('retry-after')]).toEqual([504, null]);
      expect(await written.json()).toMatchObject({ kind: 'Status', reason: 'Timeout' });
      const read = fetch(`${left.url}/api/v1/nodes`);
      await left.runOut();
      expect((await read).status).toBe(200);
    } finally {
      there.close();
    }
  }, 60_000);
});

/** Asks for a line by hand; what was heard on it until it was closed. */
function upgrade(key: string, path: string) {
  const line = connect(Number(new URL(origin).port), '127.0.0.1');
  line.write(
    `GET /k8s/${key}${path} HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n' +
      'Sec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n',
  );
  let text = '';
  line.on('data', (data: Buffer) => {
    text += data.toString();
  });
  const heard = new Promise<string>((resolve, reject) => {
    line.once('error', reject);
    line.once('close', () => resolve(text));
  });
  return { heard, hangUp: () => line.end() };
}
