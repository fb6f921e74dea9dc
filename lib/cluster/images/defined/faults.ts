import type { FaultDefinition } from '../../../api';
import type { ProcessEnv } from '../../seams';

/** The fault that befalls the n-th request, if any does. */
export function faultFor(
  faults: readonly FaultDefinition[],
  count: number,
  env: ProcessEnv,
): FaultDefinition | undefined {
  return faults.find(
    (fault) =>
      (fault.every === undefined || count % fault.every === 0) &&
      (fault.from === undefined || count >= fault.from) &&
      (fault.until === undefined || count <= fault.until) &&
      (fault.when === undefined || (env.env[fault.when] ?? '') !== '') &&
      (fault.chance === undefined || env.random.next() < fault.chance),
  );
}
