import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPeople, type People } from '../accounts';
import { createAuth } from '../accounts/auth';
import {
  connectOnce,
  type Database,
  isStarved,
  migrate,
  openDatabase,
  type RunningPostgres,
  startEmbeddedPostgres,
} from '../database';
import { newToken } from '../guest-token';
import { createWorkspaceKeys } from '../kube-api';
import { createLabStarts, createRegistry, createWorkspaceStore, type Registry } from '../live';
import { projectRoot } from '../project-root';
import { sayBusyInstead, tellingBusy } from './busy';
import { createKubeRoutes } from './kube-routes';
import { createLabSockets } from './lab-sockets';
import { inRequest } from './request-context';

/** Long enough to connect on a busy machine, short enough to wait for it a few times. */
const PATIENCE_MS = 2_500;
const COOKIE = `portside_guest=${newToken()}`;
const ID = '00000000-0000-4000-8000-000000000000';

let dataDir: string;
let postgres: RunningPostgres;
let database: Database;
let people: People;
let registry: Registry;
let held: PoolClient;
let server: Server | undefined;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'portside-busy-'));
  postgres = await startEmbeddedPostgres(dataDir);
  const client = await connectOnce(postgres.url);
  await migrate(client, join(projectRoot(), 'prisma/migrations'));
  await client.end();
  database = openDatabase(postgres.url, { size: 1, patienceMs: PATIENCE_MS });
  const { prisma } = database;
  const secret = 'x'.repeat(40);
  const nothing = async () => undefined;
  const auth = createAuth({
    prisma,
    secret,
    publicUrl: 'http://localhost',
    sendMail: nothing,
    sessionsEnded: nothing,
  });
  people = createPeople(prisma, auth);
  const keys = createWorkspaceKeys(prisma);
  const noLabs = () => {
    throw new Error('no lab is opened here');
  };
  registry = createRegistry(createWorkspaceStore(prisma), noLabs, createLabStarts(prisma), keys);
}, 120_000);

afterAll(async () => {
  await database.close();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Somebody else has the only connection. */
beforeEach(async () => {
  held = await database.pool.connect();
});

afterEach(async () => {
  held.release();
  const closing = server;
  server = undefined;
  closing?.closeAllConnections();
  await new Promise<void>((resolve) => (closing === undefined ? resolve() : closing.close(() => resolve())));
});

async function listening(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', () => resolve()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Renders as Next does: what fails is 500, written in pieces. */
function rendering(work: () => Promise<unknown>) {
  return (request: IncomingMessage, response: ServerResponse) =>
    inRequest(request, async (context) => {
      sayBusyInstead(request, response, context);
      const failure = await work().then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failure !== undefined) response.statusCode = 500;
      response.setHeader('Content-Type', 'text/html');
      response.write('<html>');
      response.end(failure === undefined ? 'the page' : 'it failed');
    });
}

describe('[V35] a pool of which no connection comes free', () => {
  it('is told from every other failure, whatever library stands in between', async () => {
    const { prisma, pool } = database;
    const failure = (work: Promise<unknown>) => work.catch((error: unknown) => error);
    const starved = await Promise.all([
      failure(prisma.user.findUnique({ where: { id: ID } })),
      failure(prisma.$queryRaw`SELECT 1`),
      failure(prisma.$transaction(async (transaction) => transaction.user.count())),
      failure(pool.query('SELECT 1')),
      failure(people.find(COOKIE)),
    ]);
    expect(starved.map(isStarved)).toEqual([true, true, true, true, true]);
    held.release();
    const wrong = await failure(prisma.$queryRaw`SELECT * FROM nowhere`);
    held = await pool.connect();
    expect(isStarved(wrong)).toBe(false);
    expect(isStarved(new Error('no'))).toBe(false);
  }, 60_000);

  it('a page answers 503, says so, and asks again by itself', async () => {
    const services = tellingBusy({ people: { find: () => people.find(COOKIE) } });
    const url = await listening(rendering(() => services.people.find()));
    const page = await fetch(url, { headers: { Accept: 'text/html' } });
    expect(page.status).toBe(503);
    const seconds = Number(page.headers.get('Retry-After'));
    expect(seconds).toBeGreaterThan(0);
    const text = await page.text();
    expect(text).toContain(`<meta http-equiv="refresh" content="${seconds}">`);
    expect(text).toContain('Too busy for a moment');
    expect(text).not.toContain('it failed');
    held.release();
    const later = await fetch(url, { headers: { Accept: 'text/html' } });
    held = await database.pool.connect();
    expect([later.status, await later.text()]).toEqual([200, '<html>the page']);
  }, 60_000);

  it('what was sent is not sent again by itself, and a program reads plain words', async () => {
    const services = tellingBusy({ find: () => people.find(COOKIE) });
    const url = await listening(rendering(() => services.find()));
    const sent = await fetch(url, { method: 'POST', headers: { Accept: 'text/html' } });
    expect(sent.status).toBe(503);
    expect(await sent.text()).not.toContain('http-equiv');
    const read = await fetch(url, { headers: { Accept: 'application/json' } });
    expect([read.status, read.headers.get('Content-Type')]).toEqual([503, 'text/plain; charset=utf-8']);
    expect(await read.text()).toContain('try again in a moment');
  }, 60_000);

  it('services are the same ones each time they are asked for', async () => {
    const services = tellingBusy({ count: 1, people: { name: 'x', find: async () => 7 } });
    expect(services.people).toBe(services.people);
    expect(services.people.find).toBe(services.people.find);
    expect([services.count, services.people.name, await services.people.find()]).toEqual([1, 'x', 7]);
  });

  it('any other failure of a page stays what it is', async () => {
    const services = tellingBusy({ fail: () => Promise.reject(new Error('no')) });
    const url = await listening(rendering(() => services.fail()));
    const page = await fetch(url, { headers: { Accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([500, '<html>it failed']);
  });

  it("a learner's own kubectl is told 503 and when to ask again", async () => {
    const kube = createKubeRoutes(createWorkspaceKeys(database.prisma), registry);
    const url = await listening((request, response) => kube.answer(request, response));
    const answer = await fetch(`${url}/k8s/${newToken()}/api/v1/pods`);
    kube.close();
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '3']);
    expect(await answer.json()).toMatchObject({ kind: 'Status', reason: 'ServiceUnavailable' });
  }, 60_000);

  it('a line is refused with 503 and when to try again', async () => {
    const sockets = createLabSockets(database.prisma, people, registry);
    const url = await listening((_request, response) => response.end());
    server?.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
    const { hostname, port, host, origin } = new URL(url);
    const said = await new Promise<string>((resolve, reject) => {
      let text = '';
      const line = connect(Number(port), hostname, () =>
        line.write(
          `GET /socket/${ID} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nCookie: ${COOKIE}\r\n` +
            'Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
        ),
      );
      line.on('data', (data: Buffer) => {
        text += data.toString();
      });
      line.once('error', reject);
      line.once('close', () => resolve(text));
    });
    sockets.close();
    expect(said).toMatch(/^HTTP\/1\.1 503 .*\r\nRetry-After: 3\r\n/);
  }, 60_000);
});
