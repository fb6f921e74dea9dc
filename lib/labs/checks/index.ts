import type { CheckKind } from './check-kind';
import { closedCheck } from './closed';
import { dnsCheck } from './dns';
import { endpointsCheck } from './endpoints';
import { fileCheck } from './file';
import { objectCheck } from './object';
import { outputCheck } from './output';
import { quizCheck } from './quiz';
import { ranCheck } from './ran';
import { rbacCheck } from './rbac';
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
  rbacCheck,
  fileCheck,
  ranCheck,
  quizCheck,
  outputCheck,
];

/** Every kind of check a lab may use. */
export const checkKinds: readonly CheckKind[] = [...plain, scenarioCheck(plain)];

export type { CheckKind } from './check-kind';
export { oneCheckSchema, readCheck } from './one-check';
