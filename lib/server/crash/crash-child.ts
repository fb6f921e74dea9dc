import type { Workspace } from '../../workspace';
import { createBus, PROCESS_ID } from '../bus';
import { connectOnce, openDatabase } from '../database';
import { createWorkspaceKeys } from '../kube-api';
import { readLabLibrary } from '../lab-library';
import { joinProcesses } from '../lease';
import {
  createLabStarts,
  createRegistry,
  createWorkspaceStore,
  loadUpTo,
  type PageSocket,
  snapshotHash,
} from '../live';
import { log } from '../log';
import type { Fingerprint, Order, Report } from './crash-words';

/** A server without pages, in a process of its own, to be killed: what a socket would carry comes by messages. */
export async function serveUntilKilled(url: string): Promise<void> {
  // A killed driver leaves nobody to work for.
  process.once('disconnect', () => process.exit(0));
  const tell = (report: Report) => process.send?.(report);
  const database = openDatabase(url);
  const { prisma } = database;
  const library = await readLabLibrary();
  const bus = createBus(prisma, () => connectOnce(url));
  await bus.ready;
  const leases = await joinProcesses({
    prisma,
    bus,
    processId: PROCESS_ID,
    address: '127.0.0.1:1',
    only: true,
  });
  const starts = createLabStarts(prisma);
  const store = createWorkspaceStore(prisma, leases);
  const keys = createWorkspaceKeys(prisma);
  const registry = createRegistry(store, () => library, starts, keys, undefined, leases);
  const sockets = new Map<string, PageSocket>();
  const socketOf = (workspace: string): PageSocket => {
    const known = sockets.get(workspace);
    if (known !== undefined) return known;
    const made: PageSocket = {
      send: (text) => tell({ kind: 'heard', workspace, message: JSON.parse(text) }),
      backlog: 0,
      close: () => tell({ kind: 'cut', workspace }),
    };
    sockets.set(workspace, made);
    return made;
  };

  const obey = async (order: Order): Promise<void> => {
    const { workspace: id } = order;
    if (order.kind === 'say') (await registry.open(id)).receive(socketOf(id), order.message);
    if (order.kind === 'fingerprint') {
      const workspace = await (await registry.open(id)).api.present();
      const found = workspace.atRest
        ? { seq: workspace.inputs, now: workspace.now, hash: stateHash(workspace) }
        : undefined;
      tell({ kind: 'fingerprint', workspace: id, found });
    }
    if (order.kind === 'again')
      tell({ kind: 'again', workspace: id, found: await madeAgain(order.seq, order.now, id) });
  };
  const madeAgain = async (seq: number, now: number, id: string): Promise<Fingerprint> => {
    const { loading } = await registry.loading(id);
    const { workspace } = await loadUpTo(loading, seq);
    if (workspace.now < now) await workspace.advanceTo(now);
    return { seq: workspace.inputs, now: workspace.now, hash: stateHash(workspace) };
  };
  process.on('message', (order: Order) => {
    obey(order).catch((error: unknown) => log('warn', 'order-failed', { kind: order.kind, error }));
  });
  tell({ kind: 'ready' });
}

/** What has to be as before. What a terminal shows is not: a shell that is opened again prints its prompt anew. */
const stateHash = (workspace: Workspace): string => snapshotHash({ ...workspace.snapshot(), scrollback: {} });

const [, , url] = process.argv;
if (url !== undefined && process.send !== undefined) await serveUntilKilled(url);
