import type { Lease, Node, Stored } from '../../api';
import { formatMicroTime, formatTime, parseTime } from '../../base';
import { IDENTITY_LEASE, LEADER_LEASE, lastBeat, NODE_LEASE, NODE_STATUS, type Rhythm } from './beats';
import { hasKubelet } from './has-kubelet';
import { textHash } from './text-hash';

/** Since when something has been silent, in virtual ms; undefined while it is heard of. */
export interface Silence {
  kubelet(node: string): number | undefined;
  machine(node: string): number | undefined;
}

/** Every machine and every kubelet works. */
export const NO_SILENCE: Silence = { kubelet: () => undefined, machine: () => undefined };

/** What is asked to tell how an object stands by now. */
export interface BeatingWorld {
  readonly now: number;
  readonly silence: Silence;
  node(name: string): Node | undefined;
}

/** Conditions that a kubelet reports, all at once. */
export const REPORTED: readonly string[] = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'];

/**
 * An object as its owner would have renewed it by now: nodes' heartbeats, and the leases of kubelets and of the control
 * plane. Nothing is stored for it, so a cluster at rest has no work; who is dead stays at the last renewal.
 */
export function asRenewed(object: Stored, world: BeatingWorld): Stored {
  if (object.kind === 'Node') return renewedNode(object as Stored<Node>, world);
  if (object.kind === 'Lease') return renewedLease(object as Stored<Lease>, world);
  return object;
}

/** A node with the heartbeats that its kubelet has sent by now. */
export function renewedNode(
  node: Stored<Node>,
  { now, silence }: Pick<BeatingWorld, 'now' | 'silence'>,
): Stored<Node> {
  const conditions = node.status?.conditions ?? [];
  const reported = conditions.filter((each) => REPORTED.includes(each.type));
  // Once somebody else has said that nothing is heard of the kubelet, it has to report anew.
  if (!hasKubelet(node) || reported.some((each) => each.status === 'Unknown')) return node;
  const { name } = node.metadata;
  const beat = lastBeat(NODE_STATUS, name, lifeUntil(silence.kubelet(name), now));
  if (!reported.some((each) => isLater(beat, each.lastHeartbeatTime, now))) return node;
  const time = formatTime(beat);
  const renewed = conditions.map((each) =>
    REPORTED.includes(each.type) && isLater(beat, each.lastHeartbeatTime, now)
      ? { ...each, lastHeartbeatTime: time }
      : each,
  );
  return { ...node, status: { ...node.status, conditions: renewed } };
}

const NODE_LEASES = 'kube-node-lease';

function renewedLease(lease: Stored<Lease>, world: BeatingWorld): Stored<Lease> {
  const owner = ownerOf(lease, world);
  if (owner === undefined) return lease;
  const { now } = world;
  const { name } = lease.metadata;
  const beat = lastBeat(owner.rhythm, name, lifeUntil(owner.silentSince, now));
  if (!isLater(beat, lease.spec?.renewTime, now)) return lease;
  return { ...lease, spec: { ...lease.spec, renewTime: microTime(name, beat) } };
}

/** Who renews a lease, and since when that one has not. */
function ownerOf(
  { metadata, spec }: Stored<Lease>,
  { silence, node }: BeatingWorld,
): { readonly rhythm: Rhythm; readonly silentSince: number | undefined } | undefined {
  const { name, namespace } = metadata;
  const holder = spec?.holderIdentity ?? '';
  if (namespace === NODE_LEASES) {
    return holder === name && hasKubelet(node(name))
      ? { rhythm: NODE_LEASE, silentSince: silence.kubelet(name) }
      : undefined;
  }
  const rhythm = namespace === 'kube-system' ? rhythmOf(name) : undefined;
  const machine = CONTROL_PLANE_HOLDER.exec(holder)?.[1] ?? metadata.labels?.['kubernetes.io/hostname'];
  if (rhythm === undefined || machine === undefined) return undefined;
  return { rhythm, silentSince: silence.machine(machine) };
}

/** `<host>_<uuid>`, as programs that elect a leader call themselves. */
const CONTROL_PLANE_HOLDER = /^(control-plane)_[-0-9a-f]{36}$/;

function rhythmOf(name: string): Rhythm | undefined {
  if (name === 'kube-controller-manager' || name === 'kube-scheduler') return LEADER_LEASE;
  return name.startsWith('apiserver-') ? IDENTITY_LEASE : undefined;
}

const lifeUntil = (silentSince: number | undefined, now: number): number =>
  silentSince === undefined ? now : Math.min(now, silentSince);

/** Whether a renewal took the place of what is stored; what lies ahead was written by somebody else. */
function isLater(beat: number, stored: string | null | undefined, now: number): boolean {
  const known = stored ? parseTime(stored) : undefined;
  return known === undefined || known > now || Math.floor(beat / 1000) > Math.floor(known / 1000);
}

/** With digits below the millisecond, which virtual time does not have. */
function microTime(name: string, ms: number): string {
  const below = String(textHash(`${name}@${ms}`) % 1000).padStart(3, '0');
  return formatMicroTime(ms).replace(/000Z$/, `${below}Z`);
}
