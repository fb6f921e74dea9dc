import type { PersistentVolumeClaim } from '../../../api';
import { compareQuantities, parseQuantity, type Quantity, quantityOf } from '../../../base';
import type { Amounts } from './amounts';
import { type Evaluator, intersection, type Scope } from './evaluator';

const COUNT = 'count/persistentvolumeclaims';
const CLAIMS = 'persistentvolumeclaims';
const STORAGE = 'requests.storage';
/** What stands between a class and a resource: `gold.storageclass.storage.k8s.io/requests.storage`. */
const OF_CLASS = '.storageclass.storage.k8s.io/';
const OLD_CLASS = 'volume.beta.kubernetes.io/storage-class';

/** Claims count by number and by the storage they ask for, also class by class. */
export const claimEvaluator: Evaluator = {
  // A claim may grow.
  handles: ({ subresource }) => subresource === '' || subresource === 'status',
  matching: (names) => {
    const ofClass = names.filter((name) =>
      [CLAIMS, STORAGE].some((resource) => name.endsWith(`${OF_CLASS}${resource}`)),
    );
    return [...intersection(names, [COUNT, CLAIMS, STORAGE]), ...ofClass];
  },
  matchesScope: (scope, object) => claimMatches(scope, object as PersistentVolumeClaim),
  lacks: () => undefined,
  usage: (object) => claimUsage(object as PersistentVolumeClaim),
};

function claimUsage(claim: PersistentVolumeClaim): Amounts {
  const { spec, metadata } = claim;
  const usage = new Map([
    [CLAIMS, quantityOf(1)],
    [COUNT, quantityOf(1)],
  ]);
  const storageClass = metadata.annotations?.[OLD_CLASS] ?? spec?.storageClassName ?? '';
  if (storageClass !== '') usage.set(`${storageClass}${OF_CLASS}${CLAIMS}`, quantityOf(1));
  const storage = storageOf(claim);
  if (!storage) return usage;
  usage.set(STORAGE, storage);
  if (storageClass !== '') usage.set(`${storageClass}${OF_CLASS}${STORAGE}`, storage);
  return usage;
}

/** What is asked for, or what the volume was already grown to if that is more. */
function storageOf({ spec, status }: PersistentVolumeClaim): Quantity | undefined {
  const asked = parseQuantity(spec?.resources?.requests?.storage ?? '');
  const allocated = parseQuantity(status?.allocatedResources?.storage ?? '');
  if (!asked || !allocated) return asked;
  return compareQuantities(allocated, asked) > 0 ? allocated : asked;
}

/** pvcMatchesScopeFunc: the one scope that claims know is the class of their attributes. */
function claimMatches(scope: Scope, { spec, status }: PersistentVolumeClaim): boolean {
  if (scope.scopeName !== 'VolumeAttributesClass') return false;
  const current = (status as { readonly currentVolumeAttributesClassName?: string } | undefined)
    ?.currentVolumeAttributesClassName;
  const names = [spec?.volumeAttributesClassName, current].filter((name) => name);
  if (scope.operator === 'Exists') return names.length > 0;
  if (scope.operator === 'DoesNotExist') return names.length === 0;
  const listed = names.some((name) => (scope.values ?? []).includes(name ?? ''));
  return scope.operator === 'In' ? listed : !listed;
}
