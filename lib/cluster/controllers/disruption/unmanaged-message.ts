import type { PodDisruptionBudget } from '../../../api';
import { selectorString } from '../selector-string';

/** What is told of a budget whose Pods have no controller; the selector as Go prints it. */
export function unmanagedMessage(budget: PodDisruptionBudget): string {
  const selector = selectorString(budget.spec?.selector);
  return `Pods selected by this PodDisruptionBudget (selector: ${selector}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`;
}
