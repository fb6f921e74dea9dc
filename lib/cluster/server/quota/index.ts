export { writeAmounts } from './amounts';
export { calculateUsage } from './calculate-usage';
export { chargeQuotas } from './charge';
export { evaluatorOf } from './evaluators';
export { isCounted } from './pod-evaluator';
