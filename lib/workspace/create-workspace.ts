import type { KubeObject } from '../api';
import { assert, createRandom } from '../base';
import { createCluster, restoreCluster } from '../cluster';
import type { FilesState, SessionState } from '../shell';
import { stillPorts } from './heart';
import { adminFiles } from './machines';
import { type Beginning, emptyUndo, openWorkspace, rootOf } from './open-workspace';
import type { Root } from './root';
import type { Workspace, WorkspaceOptions, WorkspaceSnapshot } from './seams';
import { createUndoStack } from './undo';

/** Virtual ms from the cluster's first boot until a lab's own objects are created. */
const BOOT_MS = 120_000;
/** And from then until the learner arrives, with everything running. */
const PREPARE_MS = 60_000;
/** A new namespace has its service account, without which there are no Pods, and the root certificate. */
const NAMESPACE_MS = 1_000;

/** A new cluster, found running at `options.startAt`, with the lab's objects and files in place. */
export async function createWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const booted = await bootedRoot(options);
  const root: Root = {
    ...booted,
    random: booted.random ^ Math.imul(options.seed - BOOT_SEED, SPREAD),
    files: adminFiles(options.lab?.files ?? {}, options.startAt),
  };
  const beginning = (origin: () => Promise<Root>): Beginning => ({
    options,
    inputs: 0,
    undo: emptyUndo(),
    scrollback: {},
    origin,
  });
  const scratch = openWorkspace(
    root,
    beginning(async () => root),
  );
  if (options.proxyMode === 'ipvs') await setProxyMode(scratch, options.proxyMode);
  for (const object of options.lab?.objects ?? []) {
    await createObject(scratch, object);
    if (object.kind === 'Namespace') await scratch.advanceTo(scratch.now + NAMESPACE_MS);
  }
  if (options.lab?.startScript !== undefined) await runStart(scratch, options.lab.startScript);
  for (const fault of options.lab?.faults ?? []) scratch.faults.inject(fault);
  assert(scratch.now <= options.startAt, 'a lab is set up within a minute of virtual time');
  await scratch.advanceTo(options.startAt);
  // What was done before the learner came is nobody's command.
  const start: Root = { ...rootOf(scratch), commands: [], sessions: {} };
  return openWorkspace(
    start,
    beginning(async () => start),
  );
}

/** Clusters that were booted, the ones asked for last: labs, and the variants of one lab, begin with the same. */
const bootedRoots = new Map<string, Promise<Root>>();
const BOOTED_LIMIT = 8;
/** Every cluster boots by the same chance; from then on a workspace's seed decides. */
const BOOT_SEED = 1;
/** Where a booting cluster's own images come from; only such an image of a lab's would run while it boots. */
const SYSTEM_REGISTRY = 'registry.k8s.io/';
/** Keeps the chances of neighbouring seeds apart. */
const SPREAD = 0x9e3779b1;

/** The state of a cluster that has just booted, with the lab's images at hand. */
async function bootedRoot({ startAt, nodes, images, cloud, lab }: WorkspaceOptions): Promise<Root> {
  const ownImages = lab?.images ?? [];
  const base = { nodes, images, ...(cloud === undefined ? {} : { cloud }) };
  if (ownImages.length === 0) return bootOf(startAt, base);
  if (ownImages.some(({ image }) => image.startsWith(SYSTEM_REGISTRY)))
    return bootOf(startAt, { ...base, ownImages });
  const root = await bootOf(startAt, base);
  return { ...root, cluster: root.cluster.withImages(ownImages, stillPorts(root.now, root.random)) };
}

/** One boot for all that ask for the same: a lab's images, other for each seed, run only once it is over. */
function bootOf(startAt: number, options: Parameters<typeof createCluster>[1]): Promise<Root> {
  const key = JSON.stringify([startAt, options]);
  const made = bootedRoots.get(key) ?? boot(startAt - PREPARE_MS - BOOT_MS, options);
  bootedRoots.delete(key);
  bootedRoots.set(key, made);
  made.catch(() => bootedRoots.delete(key));
  const [oldest] = bootedRoots.keys();
  if (bootedRoots.size > BOOTED_LIMIT && oldest !== undefined) bootedRoots.delete(oldest);
  return made;
}

async function boot(at: number, options: Parameters<typeof createCluster>[1]): Promise<Root> {
  const ports = stillPorts(at, createRandom(BOOT_SEED).state);
  const cluster = createCluster(ports, options);
  const root: Root = {
    now: at,
    random: ports.random.state,
    breath: 0,
    cluster,
    files: adminFiles({}, at),
    sessions: {},
    commands: [],
  };
  const scratch = openWorkspace(root, {
    options: { seed: BOOT_SEED, startAt: at, nodes: options.nodes, images: options.images },
    inputs: 0,
    undo: emptyUndo(),
    scrollback: {},
    origin: async () => root,
  });
  await scratch.advanceTo(at + BOOT_MS);
  const booted = rootOf(scratch);
  scratch.close();
  return booted;
}

/** A start script ends well, or the lab is broken. */
async function runStart(scratch: Workspace, script: string): Promise<void> {
  let shown = '';
  const take = (piece: string) => {
    shown += piece;
  };
  const status = await scratch.run(`set -e\n${script}`, { out: take, err: take });
  assert(status === 0, `the start script ended with ${status}: ${shown}`);
}

/** As an administrator would: the ConfigMap says so, and kube-proxy's Pods are replaced. */
async function setProxyMode(scratch: Workspace, mode: string): Promise<void> {
  await runStart(
    scratch,
    `kubectl -n kube-system get configmap kube-proxy -o yaml | sed 's/^    mode: .*/    mode: ${mode}/' > /tmp/kube-proxy.yaml
kubectl -n kube-system replace -f /tmp/kube-proxy.yaml
kubectl -n kube-system delete pods -l k8s-app=kube-proxy --wait=false
rm /tmp/kube-proxy.yaml`,
  );
}

async function createObject({ client }: Workspace, object: KubeObject): Promise<void> {
  const resources = await client.resources();
  const resource = resources.find(
    (each) =>
      each.kind === object.kind &&
      (each.group ? `${each.group}/${each.version}` : each.version) === object.apiVersion,
  );
  assert(resource, `a lab starts with a ${object.kind} (${object.apiVersion}), which the API does not serve`);
  await client.create(resource, resource.namespaced ? (object.metadata.namespace ?? 'default') : '', object);
}

/**
 * The workspace that a snapshot tells of; it behaves the same ever after. `origin` gives the workspace that `reset`
 * goes back to: one created from the same options.
 */
export function restoreWorkspace(
  snapshot: WorkspaceSnapshot,
  options: WorkspaceOptions,
  origin: () => Promise<Workspace> = () => createWorkspace(options),
): Workspace {
  assert(snapshot.format === 1, `snapshots of format ${snapshot.format} are not known`);
  const root: Root = {
    now: snapshot.now,
    random: snapshot.random,
    breath: snapshot.breath,
    cluster: restoreCluster(stillPorts(snapshot.now, snapshot.random), snapshot.cluster),
    files: snapshot.files as unknown as FilesState,
    sessions: snapshot.sessions as unknown as Readonly<Record<string, SessionState>>,
    commands: snapshot.commands ?? [],
  };
  return openWorkspace(root, {
    options,
    inputs: snapshot.inputs,
    undo: createUndoStack(snapshot.undoable),
    scrollback: snapshot.scrollback,
    origin: async () => rootOf(await origin()),
  });
}
