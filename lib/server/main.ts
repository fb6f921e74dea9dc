import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import {
  accountView,
  createAuth,
  createPeople,
  createRateLimits,
  keptSecret,
  offerAdministrator,
} from './accounts';
import { StartError } from './app-error';
import { createBus, PROCESS_ID } from './bus';
import { createClassroom, createCohorts, createLabContents, createSharedBus } from './cohorts';
import {
  checkVersion,
  connectOnce,
  type Database,
  migrate,
  openDatabase,
  type RunningPostgres,
  seed,
  startEmbeddedPostgres,
  takeServerLock,
} from './database';
import { type Environment, readEnvironment } from './environment';
import { portIsFree } from './free-port';
import { createFrontCluster } from './front-cluster';
import { createWorkspaceKeys } from './kube-api';
import { type LabLibrary, labKey, readLabLibrary } from './lab-library';
import { labCard } from './lab-view';
import { openAssignedFor, openForkFor, openLabFor, progressOf } from './learner';
import { joinProcesses } from './lease';
import { createLabStarts, createRegistry, createWorkspaceStore } from './live';
import { log } from './log';
import { createMailbox, createSmtp } from './mail';
import { createMetrics } from './metrics';
import { attemptsOf, countOwnData, deleteOwnData, exportOwnData, importOwnData } from './own-data';
import { createProgressLines, type ProgressLines } from './progress-lines';
import { runInSandbox } from './run-in-sandbox';
import { provideServices } from './services';
import { warmUp } from './warm-up';
import { createAccountRoutes } from './web/account-routes';
import { buildPages, pagesAreBuilt } from './web/build';
import { createGuard } from './web/guard';
import { createKubeRoutes } from './web/kube-routes';
import { createLabSockets } from './web/lab-sockets';
import { answerMetrics, countAnswer } from './web/metrics-route';
import { secure } from './web/security-headers';
import { portTaken, serveWeb } from './web/serve';

/** How the server is started. */
export interface MainOptions {
  readonly root: string;
  readonly dev: boolean;
}

/** Things to undo, newest first, when the server stops. */
type Stops = (() => Promise<void>)[];

const EVICT_EVERY_MS = 30_000;
/** A stop that hangs must not keep a person waiting. */
const STOP_LIMIT_MS = 15_000;

/** Starts everything, in order, telling a person what is done; stops it all on Ctrl-C. */
export async function main({ root, dev }: MainOptions): Promise<void> {
  const stops: Stops = [];
  const progress = createProgressLines();
  listenForStop(stops, progress);
  try {
    const environment = readEnvironment(process.env, root);
    if (!(await portIsFree(environment.port))) throw portTaken(environment.port);
    const { database, library, databaseAddress } = await prepare(root, environment, progress, stops);
    if (!dev && !pagesAreBuilt(root)) {
      await progress.step('Building the pages', 'Pages built', () => buildPages(root));
    }
    const began = performance.now();
    await serve({ root, dev, environment, database, databaseAddress, library, stops });
    progress.say(`✓ Server started (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    progress.say(`Portside is ready at http://localhost:${environment.port}`);
    const offer = await offerAdministrator(database.prisma);
    if (offer !== undefined)
      progress.say(
        `  There is no administrator yet: ${environment.publicUrl}/sign-up?first=${offer} makes one.`,
      );
  } catch (error) {
    if (error instanceof StartError) console.error(error.message);
    else log('error', 'start-failed', { error });
    await stopAll(stops);
    process.exit(1);
  }
}

async function prepare(
  root: string,
  { databaseUrl, dataDir, labsDir }: Environment,
  progress: ProgressLines,
  stops: Stops,
): Promise<{ database: Database; library: LabLibrary; databaseAddress: string }> {
  const url = databaseUrl ?? (await startPostgres(dataDir, progress, stops));
  const client = await connectOnce(url);
  stops.push(() => client.end());
  await checkVersion(client);
  // Whoever stops the embedded database stops it for all.
  if (databaseUrl === undefined) await takeServerLock(client);
  await progress.step('Migrating the database', migrationLine, () =>
    migrate(client, join(root, 'prisma/migrations')),
  );
  const database = openDatabase(url);
  stops.push(() => database.close());
  const library = await readLabLibrary(labsDir);
  for (const { key, error } of library.broken) log('error', 'lab-broken', { lab: key, error: error.message });
  await progress.step(
    'Seeding the labs',
    `${library.labs.length} lab${library.labs.length === 1 ? '' : 's'} seeded`,
    () =>
      seed(
        database.prisma,
        library.labs.map((lab) => ({
          id: labKey(lab),
          track: lab.track,
          slug: lab.slug,
          title: lab.title,
          version: lab.version,
        })),
      ),
  );
  return { database, library, databaseAddress: url };
}

async function startPostgres(dataDir: string, progress: ProgressLines, stops: Stops): Promise<string> {
  const line = ({ adopted }: RunningPostgres) =>
    adopted ? 'PostgreSQL found running from before' : 'PostgreSQL started';
  const postgres = await progress.step('Starting PostgreSQL', line, () => startEmbeddedPostgres(dataDir));
  stops.push(() => postgres.stop());
  return postgres.url;
}

function migrationLine(applied: readonly string[]): string {
  if (applied.length === 0) return 'Database up to date';
  return `Database migrated, ${applied.length} migration${applied.length === 1 ? '' : 's'} applied`;
}

interface Serving extends MainOptions {
  readonly environment: Environment;
  readonly database: Database;
  readonly databaseAddress: string;
  readonly library: LabLibrary;
  readonly stops: Stops;
}

async function serve({
  root,
  dev,
  environment,
  database,
  databaseAddress,
  library: first,
  stops,
}: Serving): Promise<void> {
  const { prisma } = database;
  let known = first;
  const library = async () => {
    if (dev) known = await readLabLibrary(environment.labsDir);
    return known;
  };
  const mailbox = createMailbox();
  const { smtp, publicUrl, proxies } = environment;
  const sendMail = smtp === undefined ? mailbox.send : createSmtp(smtp.url, smtp.from);
  const secret = environment.secret ?? keptSecret(environment.dataDir);
  const bus = createBus(prisma, () => connectOnce(databaseAddress));
  stops.push(() => bus.close());
  const sessionsEnded = (userId: string) => bus.publish('sessions', { userId });
  const auth = createAuth({ prisma, secret, publicUrl, sendMail, sessionsEnded });
  const people = createPeople(prisma, auth);
  const limits = createRateLimits(database.pool);
  const accounts = createAccountRoutes({ prisma, auth, limits, sessionsEnded }, people, proxies);
  const guard = createGuard(people, dev);
  const metrics = createMetrics();
  const starts = createLabStarts(prisma);
  const keys = createWorkspaceKeys(prisma);
  const news = createSharedBus(bus);
  await bus.ready;
  const leases = await joinProcesses({
    prisma,
    bus,
    processId: PROCESS_ID,
    address: environment.processAddress,
    only: environment.databaseUrl === undefined,
  });
  stops.push(() => leases.close());
  const contents = createLabContents(prisma);
  const classroom = createClassroom(prisma, contents, news);
  const registry = createRegistry(
    createWorkspaceStore(prisma, leases),
    () => known,
    starts,
    keys,
    classroom,
    leases,
  );
  metrics.watch('portside_live_workspaces', 'Workspaces in memory.', () => registry.size);
  const kube = createKubeRoutes(keys, registry, undefined, leases);
  const sockets = createLabSockets(prisma, people, registry, leases);
  bus.subscribe('sessions', (body) => {
    sockets.reconsider((body as { readonly userId: string }).userId);
  });
  bus.onGap(() => sockets.reconsider());
  const frontCluster = createFrontCluster();
  const learning = { prisma, starts, registry, contents, library };
  const cohorts = createCohorts({ prisma, contents, registry, bus: news, library });
  provideServices({
    frontCluster,
    ownData: {
      attempts: (guest) => attemptsOf(prisma, guest),
      count: (guest) => countOwnData(prisma, guest),
      export: (guest) => exportOwnData(prisma, registry, guest),
      import: (guest, text) => importOwnData(learning, guest, text),
      delete: (guest) => deleteOwnData(prisma, registry, guest),
    },
    findPerson: (cookies) => people.find(cookies),
    async account(cookies) {
      const { person, session } = await people.identify(cookies);
      return session && person && accountView(prisma, person.id, session.id);
    },
    keptMails: () => (dev && smtp === undefined ? mailbox.mails : undefined),
    openLab: (guest, track, slug) => openLabFor(learning, guest, track, slug),
    openAssigned: (guest, assignmentId) => openAssignedFor(learning, guest, assignmentId),
    openFork: (guest, workspaceId) => openForkFor(learning, guest, workspaceId),
    cohorts,
    catalogue: async () => (await library()).labs.map(labCard),
    course: async () => (await library()).course,
    progressOf: (guest) => progressOf(prisma, guest),
    runInSandbox: (guest, chapter, block) => runInSandbox(learning, guest, chapter, block),
  });
  stops.push(() => registry.closeAll());
  const web = await serveWeb({
    root,
    dev,
    port: environment.port,
    async before(request, response) {
      secure(request, response, dev);
      countAnswer(metrics, request, response);
      if (request.url === '/metrics') {
        await answerMetrics(metrics, environment.metricsToken, request, response);
        return true;
      }
      if (request.url === '/api/health') {
        await answerHealth(database, response);
        return true;
      }
      if (kube.owns(request)) {
        await kube.answer(request, response);
        return true;
      }
      if (accounts.owns(request)) {
        await accounts.answer(request, response);
        return true;
      }
      return guard.admit(request, response);
    },
    upgrade(request, socket, head) {
      if (kube.owns(request)) {
        void kube.upgrade(request, socket, head);
        return true;
      }
      if (!sockets.owns(request)) return false;
      sockets.upgrade(request, socket, head);
      return true;
    },
  });
  stops.push(async () => {
    sockets.close();
    await web.close();
    kube.close();
  });
  const evicting = setInterval(() => {
    registry.evictIdle().catch((error: unknown) => log('error', 'eviction-failed', { error }));
  }, EVICT_EVERY_MS);
  stops.push(async () => clearInterval(evicting));
  warmUp(known, starts, frontCluster, () => registry.size > 0).catch((error: unknown) => {
    log('error', 'lab-not-started', { error });
  });
}

async function answerHealth(database: Database, response: ServerResponse): Promise<void> {
  const failure = await database.prisma.$queryRaw`SELECT 1`.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure !== undefined) log('error', 'unhealthy', { error: failure });
  const body =
    failure === undefined
      ? { status: 'ok' }
      : { status: 'unavailable', reason: 'the database does not answer' };
  response.writeHead(failure === undefined ? 200 : 503, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
  });
  response.end(`${JSON.stringify(body)}\n`);
}

function listenForStop(stops: Stops, progress: ProgressLines): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      progress.say('\n  Stopping …');
      setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
      stopAll(stops).then(() => {
        progress.say('✓ Stopped');
        process.exit(0);
      });
    });
  }
  process.on('unhandledRejection', (error) => log('error', 'unhandled-rejection', { error }));
}

async function stopAll(stops: Stops): Promise<void> {
  for (const stop of stops.splice(0).reverse()) {
    await stop().catch((error: unknown) => log('error', 'stop-failed', { error }));
  }
}
