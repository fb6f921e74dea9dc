import type { Json, Node, Pod } from '../../../api';
import { formatDuration } from '../../../base';
import type { Listener, ProcessEnv, Stop, Turn } from '../../seams';
import { POD_ADDRESS } from '../plugins/settings';
import { VERSION_LINES, zoneLines } from './banner';
import { lookForLoop, nextLoop } from './find-loop';
import type { Loaded } from './load';
import { readSource } from './read-source';
import { lookForChange, nextReload } from './reload';
import { type CoreDnsState, loadedOf, loadSource } from './state';

/** How often a starting CoreDNS looks whether it has read the cluster's objects, and how long it waits for that. */
const SYNC_MS = 100;
const SYNC_LOG_MS = 500;
const SYNC_TIMEOUT_MS = 5000;
/** Later, how often the API server is tried again. */
const RESYNC_MS = 1000;
/** How long closing its sockets takes. */
const LEAVE_MS = 20;

type CoreDnsTurn = Turn & { readonly state: Json };

const asJson = (state: CoreDnsState): Json => state as unknown as Json;

/** Starts CoreDNS: loads its Corefile, and ends with 1 when it cannot. */
export function startCoreDns(env: ProcessEnv): CoreDnsTurn {
  const threads = maxProcsLine(env);
  const fail = (...lines: readonly string[]): CoreDnsTurn => ({
    state: null,
    log: [threads, ...lines],
    exitCode: 1,
  });
  const source = readSource(env);
  if ('error' in source) return fail(source.error);
  const loaded = loadSource(source);
  if ('error' in loaded) return fail(...loaded.warnings, loaded.error);
  const state: CoreDnsState = {
    phase: 'waiting',
    startedAt: env.now,
    synced: false,
    source,
    tried: loaded.hash,
    failedReloads: 0,
    memory: {},
    counters: {},
  };
  const log = [threads, ...loaded.warnings];
  // Without server blocks there is nothing to wait for, and the process is done.
  if (loaded.blocks.length === 0) return { state: null, log: [...log, ...VERSION_LINES], exitCode: 0 };
  if (!usesCluster(loaded)) return withLog(serve({ ...state, synced: true }, env), log);
  const syncAt = env.now + SYNC_MS;
  return { state: asJson({ ...state, syncAt }), log, wakeAt: syncAt };
}

function withLog(turn: CoreDnsTurn, before: readonly string[]): CoreDnsTurn {
  return { ...turn, log: [...before, ...(turn.log ?? [])] };
}

const usesCluster = ({ blocks }: Loaded): boolean =>
  blocks.some(({ chain }) => chain.some(({ name }) => name === 'kubernetes'));

/** The next step of a running CoreDNS: what is due of waiting for the cluster, loop detection and reloading. */
export function turnCoreDns(state: CoreDnsState, env: ProcessEnv): CoreDnsTurn {
  if (state.phase === 'leaving') return { state: asJson(state) };
  if (state.phase === 'waiting') return waitForCluster(state, env);
  const log: string[] = [];
  let next = state;
  if (!next.synced && (next.syncAt ?? 0) <= env.now) {
    const synced = reachesCluster(env);
    if (!synced) log.push('[ERROR] plugin/kubernetes: Failed to watch');
    const { syncAt: _, ...rest } = next;
    next = synced ? { ...rest, synced } : { ...rest, syncAt: env.now + RESYNC_MS };
  }
  if (next.loop !== undefined && next.loop.at <= env.now) {
    const found = lookForLoop(next, env);
    if (found !== undefined) return { state: null, log: [...log, found], exitCode: 1 };
    const { loop: _, ...rest } = next;
    next = rest;
  }
  if (next.reloadAt !== undefined && next.reloadAt <= env.now) {
    const changed = lookForChange(next, env);
    log.push(...changed.log);
    next = changed.state;
  }
  return { state: asJson(next), log, ...wake(next) };
}

function wake({ syncAt, loop, reloadAt }: CoreDnsState): { readonly wakeAt?: number } {
  const due = [syncAt, loop?.at, reloadAt].filter((at) => at !== undefined);
  return due.length === 0 ? {} : { wakeAt: Math.min(...due) };
}

function waitForCluster(state: CoreDnsState, env: ProcessEnv): CoreDnsTurn {
  const waited = env.now - state.startedAt;
  const { syncAt: _, ...rest } = state;
  if (reachesCluster(env)) return serve({ ...rest, synced: true }, env);
  if (waited >= SYNC_TIMEOUT_MS) {
    const unsynced = serve({ ...rest, syncAt: env.now + RESYNC_MS }, env);
    return withLog(unsynced, ['[WARNING] plugin/kubernetes: starting server with unsynced Kubernetes API']);
  }
  const log =
    waited >= SYNC_LOG_MS
      ? ['[INFO] plugin/kubernetes: waiting for Kubernetes API before starting server']
      : [];
  const at = state.startedAt + (Math.floor(waited / SYNC_LOG_MS) + 1) * SYNC_LOG_MS;
  return { state: asJson({ ...state, syncAt: at }), log, wakeAt: at };
}

/** Whether the API server answers at the address that every Pod is given. */
function reachesCluster(env: ProcessEnv): boolean {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = env.env;
  if (env.view === undefined || host === '') return false;
  return env.send(host, Number(port), { kind: 'connect' }).outcome.kind === 'delivered';
}

/** Opens the sockets. */
function serve(state: CoreDnsState, env: ProcessEnv): CoreDnsTurn {
  const loaded = loadedOf(state);
  const hash = `[INFO] plugin/reload: Running configuration SHA512 = ${loaded.hash}`;
  const reloading = nextReload(loaded, env);
  const next: CoreDnsState = { ...state, phase: 'serving', ...reloading, ...nextLoop(loaded, env) };
  const log = [...zoneLines(loaded), ...('reloadAt' in reloading ? [hash] : []), ...VERSION_LINES];
  return { state: asJson(next), log, ...wake(next) };
}

/** Sockets by configuration, and by what else they depend on: they are looked for with each packet. */
const sockets = new WeakMap<Loaded, Map<string, readonly Listener[]>>();
/** Addresses that a configuration's sockets are remembered for before they are forgotten. */
const MAX_ADDRESSES = 100;

/** The sockets of a process: its servers', and those of health, ready and prometheus. */
export function listenersOf(state: CoreDnsState, env: ProcessEnv): readonly Listener[] {
  const loaded = loadedOf(state);
  const known = sockets.get(loaded) ?? new Map<string, readonly Listener[]>();
  sockets.set(loaded, known);
  const key = `${state.phase} ${env.podIP}`;
  const found = known.get(key) ?? findListeners(loaded, state.phase, env);
  if (known.size >= MAX_ADDRESSES) known.clear();
  known.set(key, found);
  return found;
}

function findListeners(
  { blocks }: Loaded,
  phase: CoreDnsState['phase'],
  env: Pick<ProcessEnv, 'podIP'>,
): readonly Listener[] {
  const web = blocks.flatMap(({ settings }) => [
    settings.healthAddress,
    phase === 'leaving' ? undefined : settings.readyAddress,
    settings.metricsAddress,
  ]);
  const pages = [...new Set(web)].flatMap((address): readonly Listener[] => {
    if (address === undefined) return [];
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(address) ?? [];
    return [{ address: boundTo(host, env), port: Number(port), protocol: 'TCP' }];
  });
  if (phase === 'waiting') return pages;
  const servers = new Map<string, Listener>();
  for (const { addresses, settings } of blocks) {
    for (const { port, transport } of addresses) {
      for (const host of settings.bind.length === 0 ? [''] : settings.bind) {
        const address = boundTo(host, env);
        for (const protocol of transport === 'dns' ? (['UDP', 'TCP'] as const) : (['TCP'] as const))
          servers.set(`${address} ${port} ${protocol}`, { address, port: Number(port), protocol });
      }
    }
  }
  return [...servers.values(), ...pages];
}

function boundTo(host: string, env: Pick<ProcessEnv, 'podIP'>): string {
  if (host === '') return '0.0.0.0';
  if (host === 'localhost') return '127.0.0.1';
  return host === POD_ADDRESS ? env.podIP : host;
}

/** What SIGTERM does: CoreDNS goes on serving for its lameduck time, and leaves in good order. */
export function stopCoreDns(state: CoreDnsState): Stop {
  const { blocks } = loadedOf(state);
  const lameduckMs = Math.max(0, ...blocks.map(({ settings }) => settings.lameduckMs ?? 0));
  const lame = `[INFO] plugin/health: Going into lameduck mode for ${formatDuration(lameduckMs)}`;
  const log = ['[INFO] SIGTERM: Shutting down servers then terminating', ...(lameduckMs > 0 ? [lame] : [])];
  return { state: asJson({ ...state, phase: 'leaving' }), log, takesMs: LEAVE_MS + lameduckMs, exitCode: 0 };
}

/** What automaxprocs says of the container's CPU limit. */
function maxProcsLine(env: ProcessEnv): string {
  const pod = env.view?.get<Pod>('pods', env.namespace, env.podName);
  const node = env.view?.get<Node>('nodes', '', pod?.spec?.nodeName ?? '');
  const cores = Number(node?.status?.capacity?.cpu ?? 2);
  const limit = pod?.spec?.containers.find(({ image }) => image === env.image)?.resources?.limits?.cpu;
  if (limit === undefined) return `maxprocs: Leaving GOMAXPROCS=${cores}: CPU quota undefined`;
  const quota = limit.endsWith('m') ? Number(limit.slice(0, -1)) / 1000 : Number(limit);
  return quota < 1
    ? 'maxprocs: Updating GOMAXPROCS=1: using minimum allowed GOMAXPROCS'
    : `maxprocs: Updating GOMAXPROCS=${Math.floor(quota)}: determined from CPU quota`;
}
