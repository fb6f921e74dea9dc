import type { CheckKind } from './check-kind';
import { closedCheck } from './closed';
import { dnsCheck } from './dns';
import { endpointsCheck } from './endpoints';
import { objectCheck } from './object';
import { reachCheck } from './reach';
import { scenarioCheck } from './scenario';
import { workloadCheck } from './workload';

const plain: readonly CheckKind[] = [
  objectCheck,
  workloadCheck,
  endpointsCheck,
  dnsCheck,
  reachCheck,
  closedCheck,
];

/** Every kind of check a lab may use. */
export const checkKinds: readonly CheckKind[] = [...plain, scenarioCheck(plain)];

export type { CheckKind } from './check-kind';
