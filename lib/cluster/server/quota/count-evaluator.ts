import { quantityOf } from '../../../base';
import { type Evaluator, intersection } from './evaluator';

/** Resources that had quotas by their own name before `count/…` came. */
const OLD_NAMES: ReadonlySet<string> = new Set([
  'configmaps',
  'resourcequotas',
  'replicationcontrollers',
  'secrets',
]);

/** `count/deployments.apps`, `count/secrets`. */
export function countName(group: string, plural: string): string {
  return group === '' ? `count/${plural}` : `count/${plural}.${group}`;
}

/** Objects that merely count (generic.NewObjectCountEvaluator). */
export function countEvaluator(group: string, plural: string): Evaluator {
  const names = [countName(group, plural), ...(group === '' && OLD_NAMES.has(plural) ? [plural] : [])];
  const usage = new Map(names.map((name) => [name, quantityOf(1)]));
  return {
    handles: ({ operation, subresource }) => operation === 'CREATE' && subresource === '',
    matching: (wanted) => intersection(wanted, names),
    matchesScope: () => false,
    lacks: () => undefined,
    usage: () => usage,
  };
}
