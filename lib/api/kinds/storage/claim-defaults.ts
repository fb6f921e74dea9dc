import { canonicalQuantity } from '../../../base';
import type { PersistentVolumeClaim } from '../../types';

/** SetDefaults_PersistentVolumeClaim. */
export function setClaimDefaults<T extends Omit<PersistentVolumeClaim, 'apiVersion' | 'kind' | 'metadata'>>(
  claim: T,
): T {
  const requests = claim.spec?.resources?.requests;
  const canonical = Object.entries(requests ?? {}).map(([name, value]) => [name, canonicalQuantity(value)]);
  return {
    ...claim,
    spec: {
      ...claim.spec,
      resources: {
        ...claim.spec?.resources,
        ...(requests ? { requests: Object.fromEntries(canonical) } : {}),
      },
      volumeMode: claim.spec?.volumeMode ?? 'Filesystem',
    },
    status: { ...claim.status, phase: claim.status?.phase ?? 'Pending' },
  };
}
