import {
  matchesLabels,
  type Node,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Stored,
  selectorFromLabelSelector,
} from '../../../api';
import { compareQuantities, parseQuantity, quantityOf } from '../../../base';
import { matchesNodeSelector } from '../node-affinity';
import { classOf } from './classes';

type Claim = Stored<PersistentVolumeClaim>;
type Volume = Stored<PersistentVolume>;

/** Whether a volume is bound to, or kept for, this claim (IsVolumeBoundToClaim). */
export function isVolumeFor(volume: PersistentVolume, claim: Claim): boolean {
  const ref = volume.spec?.claimRef;
  const { name, namespace, uid } = claim.metadata;
  return ref?.name === name && ref.namespace === namespace && (!ref.uid || ref.uid === uid);
}

/** Whether a Pod on the node could use the volume (CheckNodeAffinity). */
export function reachesNode(volume: PersistentVolume, node: Node): boolean {
  const terms = volume.spec?.nodeAffinity?.required?.nodeSelectorTerms;
  return terms === undefined || matchesNodeSelector(terms, node);
}

const sizeOf = (text: string | undefined) => parseQuantity(text ?? '') ?? quantityOf(0);
const modeOf = ({ spec }: PersistentVolume | PersistentVolumeClaim): string =>
  spec?.volumeMode ?? 'Filesystem';
const modesOf = ({ spec }: PersistentVolume | PersistentVolumeClaim): readonly string[] =>
  spec?.accessModes ?? [];
const attributesOf = ({ spec }: PersistentVolume | PersistentVolumeClaim): string =>
  spec?.volumeAttributesClassName ?? '';

function allowsModes(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const offered = modesOf(volume);
  return modesOf(claim).every((mode) => offered.includes(mode));
}

/** Where a match is sought: for nobody in particular, or by the scheduler for a node, less what it has taken. */
export interface Search {
  /** The claim waits for its first consumer: only a volume kept for it will do until the scheduler comes. */
  readonly delayed: boolean;
  readonly node?: Node;
  readonly taken?: ReadonlySet<string>;
}

/**
 * The volume that suits a claim best: one kept for it, else the smallest that is large enough, those with the fewest
 * access modes first (findBestMatchForClaim, FindMatchingVolume).
 */
export function findVolume(claim: Claim, volumes: readonly Volume[], search: Search): Volume | undefined {
  const candidates = volumes.filter(
    (volume) => allowsModes(volume, claim) && fits(volume, claim) && !search.taken?.has(volume.metadata.name),
  );
  const kept = candidates.find((volume) => isVolumeFor(volume, claim));
  if (kept) return search.node && !reachesNode(kept, search.node) ? undefined : kept;
  if (search.delayed && !search.node) return undefined;
  return candidates
    .filter((volume) => isFree(volume, claim) && (!search.node || reachesNode(volume, search.node)))
    .toSorted(
      (a, b) =>
        modesOf(a).length - modesOf(b).length ||
        compareQuantities(sizeOf(a.spec?.capacity?.storage), sizeOf(b.spec?.capacity?.storage)) ||
        (a.metadata.name < b.metadata.name ? -1 : 1),
    )[0];
}

function fits(volume: Volume, claim: Claim): boolean {
  const asked = sizeOf(claim.spec?.resources?.requests?.storage);
  return (
    (volume.spec?.claimRef === undefined || isVolumeFor(volume, claim)) &&
    compareQuantities(sizeOf(volume.spec?.capacity?.storage), asked) >= 0 &&
    modeOf(volume) === modeOf(claim) &&
    attributesOf(volume) === attributesOf(claim) &&
    volume.metadata.deletionTimestamp === undefined
  );
}

function isFree(volume: Volume, claim: Claim): boolean {
  const selector = selectorFromLabelSelector(claim.spec?.selector ?? {});
  return (
    volume.status?.phase === 'Available' &&
    matchesLabels(selector, volume.metadata.labels) &&
    classOf(volume) === classOf(claim)
  );
}

/** Why a volume that a claim asks for by name cannot be its (checkVolumeSatisfyClaim); undefined when it can. */
export function mismatch(volume: Volume, claim: Claim): string | undefined {
  if (volume.metadata.deletionTimestamp !== undefined) {
    return `the volume is marked for deletion ${JSON.stringify(volume.metadata.name)}`;
  }
  const asked = sizeOf(claim.spec?.resources?.requests?.storage);
  if (compareQuantities(sizeOf(volume.spec?.capacity?.storage), asked) < 0)
    return 'requested PV is too small';
  if (classOf(volume) !== classOf(claim)) return 'storageClassName does not match';
  if (attributesOf(volume) !== attributesOf(claim)) return 'volumeAttributesClassName does not match';
  if (modeOf(volume) !== modeOf(claim)) return 'incompatible volumeMode';
  return allowsModes(volume, claim) ? undefined : 'incompatible accessMode';
}
