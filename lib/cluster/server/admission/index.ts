import type { KubeObject, ResourceQuota, Stored } from '../../../api';
import { chargeQuotas } from '../quota';
import { persistentVolumeClaimResize } from './claim-resize';
import { defaultIngressClass, defaultStorageClass } from './default-class';
import { defaultTolerationSeconds } from './default-tolerations';
import { limitRanger } from './limit-ranger';
import { namespaceLifecycle } from './namespace-lifecycle';
import { taintNodesByCondition } from './node-taint';
import type { Attributes, Plugin } from './plugin';
import { podSecurity } from './pod-security';
import { priority } from './priority';
import { runtimeClass } from './runtime-class';
import { serviceAccount } from './service-account';
import { storageObjectInUseProtection } from './storage-protection';

export { findDefaultStorageClass } from './default-class';
export type { Attributes } from './plugin';

/** The plugins that are on by default, in the API server's order (AllOrderedPlugins); ResourceQuota comes after all. */
const PLUGINS: readonly Plugin[] = [
  namespaceLifecycle,
  limitRanger,
  serviceAccount,
  taintNodesByCondition,
  podSecurity,
  priority,
  defaultTolerationSeconds,
  defaultStorageClass,
  storageObjectInUseProtection,
  persistentVolumeClaimResize,
  runtimeClass,
  defaultIngressClass,
];

/** The object as the mutating phase leaves it. */
export function admit(attributes: Attributes, object: KubeObject): KubeObject {
  return PLUGINS.reduce((admitted, plugin) => plugin.admit?.(attributes, admitted) ?? admitted, object);
}

/** What the validating phase has to say of an accepted object. */
export interface Admitted {
  readonly warnings: readonly string[];
  /** Quotas with the object counted in, to be stored with it. */
  readonly quotas: readonly Stored<ResourceQuota>[];
}

/** The validating phase, on the object as it will be stored. */
export function validateAdmission(attributes: Attributes, object: KubeObject): Admitted {
  const warnings = PLUGINS.flatMap((plugin) => plugin.validate?.(attributes, object) ?? []);
  return { warnings, quotas: chargeQuotas(attributes, object) };
}

/** Stores the quotas that an accepted object is charged to. */
export function keepQuotas({ context }: Attributes, { quotas }: Admitted): void {
  for (const quota of quotas) {
    const { namespace = '', name } = quota.metadata;
    context.store.put(`/resourcequotas/${namespace}/${name}`, quota);
  }
}
