import type { Node, PersistentVolume, PersistentVolumeClaim, Pod, Stored, View } from '../../api';
import {
  bindVolume,
  claimNames,
  findClass,
  findVolume,
  NO_PROVISIONER,
  REFS,
  reachesNode,
  SELECTED_NODE,
  updateObject,
  waitsForConsumer,
} from '../controllers';
import type { Action } from '../seams';

type Claim = Stored<PersistentVolumeClaim>;
type Volume = Stored<PersistentVolume>;

const NOT_FOUND = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';
const OUT_OF_REACH = "node(s) didn't match PersistentVolume's node affinity";
const NONE_TO_BIND = "node(s) didn't find available persistent volumes to bind";

/** The claims of a Pod that can be scheduled at all: those bound, and those whose volume is chosen with the node. */
export interface PodClaims {
  readonly bound: readonly Claim[];
  readonly delayed: readonly Claim[];
  readonly volumes: readonly Volume[];
}

/** What the VolumeBinding plugin's PreFilter finds: the Pod's claims, or why no node can do. */
export function claimsOf(view: View, pod: Stored<Pod>): PodClaims | string {
  const { namespace = '' } = pod.metadata;
  const claims: Claim[] = [];
  for (const name of claimNames(pod)) {
    const claim = view.get<PersistentVolumeClaim>('persistentvolumeclaims', namespace, name);
    const quoted = JSON.stringify(name);
    if (!claim) return missing(pod, name, quoted);
    if (claim.status?.phase === 'Lost') {
      const volume = JSON.stringify(claim.spec?.volumeName ?? '');
      return `persistentvolumeclaim ${quoted} bound to non-existent persistentvolume ${volume}`;
    }
    if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim ${quoted} is being deleted`;
    claims.push(claim);
  }
  const unbound = claims.filter((claim) => !isBound(claim));
  const immediate = unbound.filter((claim) => claim.spec?.volumeName || !waitsForConsumer(view, claim));
  if (immediate.length > 0) return 'pod has unbound immediate PersistentVolumeClaims';
  const volumes = claims.length === 0 ? [] : view.list<PersistentVolume>('persistentvolumes', '');
  return { bound: claims.filter(isBound), delayed: unbound, volumes };
}

const isBound = ({ spec, metadata }: Claim): boolean =>
  Boolean(spec?.volumeName) && metadata.annotations?.['pv.kubernetes.io/bind-completed'] !== undefined;

function missing(pod: Pod, name: string, quoted: string): string {
  const isEphemeral = pod.spec?.volumes?.some(
    (volume) => volume.ephemeral && `${pod.metadata.name ?? ''}-${volume.name}` === name,
  );
  return isEphemeral
    ? `waiting for ephemeral volume controller to create the persistentvolumeclaim ${quoted}`
    : `persistentvolumeclaim ${quoted} not found`;
}

/** Why a Pod's volumes keep it off a node (FindPodVolumes); nothing when they do not. */
export function volumeReasons(view: View, claims: PodClaims, node: Stored<Node>): readonly string[] {
  const bound = claims.bound.map(({ spec }) =>
    claims.volumes.find((volume) => volume.metadata.name === spec?.volumeName),
  );
  const reasons: string[] = [];
  if (bound.some((volume) => volume && !reachesNode(volume, node))) reasons.push(OUT_OF_REACH);
  if (choicesFor(view, claims, node) === undefined) reasons.push(NONE_TO_BIND);
  if (bound.includes(undefined)) reasons.push(NOT_FOUND);
  return reasons;
}

interface Choice {
  readonly claim: Claim;
  /** Undefined: one is to be made. */
  readonly volume: Volume | undefined;
}

/** A volume for each claim that waits, on that node; undefined when one of them finds none and none can be made. */
function choicesFor(
  view: View,
  { delayed, volumes }: PodClaims,
  node: Stored<Node>,
): readonly Choice[] | undefined {
  const taken = new Set<string>();
  const choices: Choice[] = [];
  for (const claim of delayed) {
    const selected = claim.metadata.annotations?.[SELECTED_NODE];
    if (selected !== undefined && selected !== node.metadata.name) return undefined;
    const search = { delayed: true, node, taken };
    const volume = selected === undefined ? findVolume(claim, volumes, search) : undefined;
    if (!volume && !canProvision(view, claim, node)) return undefined;
    if (volume) taken.add(volume.metadata.name);
    choices.push({ claim, volume });
  }
  return choices;
}

function canProvision(view: View, claim: Claim, node: Node): boolean {
  const found = findClass(view, claim);
  if (!found || found.provisioner === NO_PROVISIONER) return false;
  const topologies = found.allowedTopologies ?? [];
  return (
    topologies.length === 0 ||
    topologies.some(({ matchLabelExpressions = [] }) =>
      matchLabelExpressions.every(({ key, values }) => values.includes(node.metadata.labels?.[key] ?? '')),
    )
  );
}

/** What is to be written before the Pod may be bound to the node (BindPodVolumes); the binder does the rest. */
export function reserveVolumes(view: View, claims: PodClaims, node: Stored<Node>): readonly Action[] {
  return (choicesFor(view, claims, node) ?? []).flatMap(({ claim, volume }) => {
    if (volume) return bindVolume(volume, claim) ?? [];
    if (claim.metadata.annotations?.[SELECTED_NODE] === node.metadata.name) return [];
    const annotations = { [SELECTED_NODE]: node.metadata.name };
    return updateObject(REFS.persistentVolumeClaims, claim, { metadata: { annotations } });
  });
}
