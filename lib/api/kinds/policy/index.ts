export { limitRangeKind } from './limit-range';
export { podDisruptionBudgetKind } from './pod-disruption-budget';
export { priorityClassKind } from './priority-class';
export { resourceQuotaKind } from './resource-quota';
