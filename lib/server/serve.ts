import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDocument } from './access';
import { createBus } from './bus';
import { connectOnce, createPulse } from './database';
import type { Environment } from './environment';
import { createFrontCluster } from './front-cluster';
import { lendServices } from './lend-services';
import { log } from './log';
import { createMetrics } from './metrics';
import type { Prepared } from './prepare';
import { startPeople } from './start-people';
import { readableLibrary, startWorkspaces } from './start-workspaces';
import type { Stops } from './stops';
import { warmUp } from './warm-up';
import { createDocumentScript } from './web/document-script';
import { createDocumentStyles } from './web/document-styles';
import { asDocument } from './web/documents';
import { answerHealth } from './web/health-route';
import { createKubeRoutes } from './web/kube-routes';
import { createLabSockets } from './web/lab-sockets';
import { answerMetrics, countAnswer } from './web/metrics-route';
import { secure } from './web/security-headers';
import { serveWeb } from './web/serve';

/** What is served, and how. */
export interface Serving extends Prepared {
  readonly root: string;
  readonly dev: boolean;
  readonly environment: Environment;
  readonly stops: Stops;
}

const EVICT_EVERY_MS = 30_000;

/** Puts the parts together, and answers. */
export async function serve(serving: Serving): Promise<void> {
  const { root, dev, environment, database, databaseAddress, stops } = serving;
  const library = readableLibrary(serving.library, environment.labsDir, dev);
  const bus = createBus(database.prisma, () => connectOnce(databaseAddress));
  stops.push(() => bus.close());
  await bus.ready;
  const peopleParts = startPeople(database, bus, environment, dev);
  const workspaceParts = await startWorkspaces(database, bus, environment, library, stops);
  const { people, accounts, guard } = peopleParts;
  const { keys, leases, registry, learning } = workspaceParts;
  const pulse = createPulse(databaseAddress);
  stops.push(() => pulse.close());
  const metrics = createMetrics();
  metrics.watch('portside_live_workspaces', 'Workspaces in memory.', () => registry.size);
  const kube = createKubeRoutes(keys, registry, undefined, leases);
  const sockets = createLabSockets(database.prisma, people, registry, leases);
  bus.subscribe('sessions', (body) => {
    sockets.reconsider((body as { readonly userId: string }).userId);
  });
  bus.onGap(() => sockets.reconsider());
  const frontCluster = createFrontCluster();
  const script = await createDocumentScript(root);
  const style = createDocumentStyles(root);
  lendServices(peopleParts, workspaceParts, frontCluster);

  /** Whoever answers a request; undefined leaves it to the guard and the pages. */
  const answerer = (request: IncomingMessage, response: ServerResponse): Promise<void> | undefined => {
    if (request.url === '/metrics')
      return answerMetrics(metrics, environment.metricsToken, request, response);
    if (request.url === '/api/health') return answerHealth(pulse, response);
    if (script.owns(request)) return script.answer(request, response);
    if (kube.owns(request)) return kube.answer(request, response);
    return accounts.owns(request) ? accounts.answer(request, response) : undefined;
  };
  const web = await serveWeb({
    root,
    dev,
    port: environment.port,
    async before(request, response) {
      const nonce = secure(request, response, dev);
      countAnswer(metrics, request, response);
      const answer = answerer(request, response);
      await answer;
      if (answer !== undefined || (await guard.admit(request, response))) return true;
      if (!isDocument(request.url ?? '')) return false;
      return asDocument(request, response, { script: script.tag(nonce), style });
    },
    upgrade(request, socket, head) {
      if (kube.owns(request)) void kube.upgrade(request, socket, head);
      else if (sockets.owns(request)) sockets.upgrade(request, socket, head);
      else return false;
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
  warmUp(library.known, learning.starts, frontCluster, () => registry.size > 0).catch((error: unknown) => {
    log('error', 'lab-not-started', { error });
  });
}
