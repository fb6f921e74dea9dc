import type { Refusal } from './filters';

/** The start of a FailedScheduling event (framework.FitError); `whole` is what keeps the Pod off every node at once. */
export function fitMessage(refusals: readonly Refusal[], whole?: string): string {
  const total = refusals.length;
  if (total === 0) return 'no nodes available to schedule pods';
  return `0/${total} nodes are available: ${whole ?? histogram(refusals.flatMap(({ reasons }) => reasons))}.`;
}

/** The whole sentence where preempting others was no way out either, or why that was not tried. */
export function scheduleMessage(refusals: readonly Refusal[], whole?: string, ineligible?: string): string {
  const total = refusals.length;
  if (total === 0) return fitMessage(refusals);
  const outcomes = refusals.map(({ hopeless }) =>
    hopeless ? 'Preemption is not helpful for scheduling' : 'No preemption victims found for incoming pod',
  );
  const preemption = ineligible ?? `0/${total} nodes are available: ${histogram(outcomes)}.`;
  return `${fitMessage(refusals, whole)} no new claims to deallocate, preemption: ${preemption}`;
}

function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .toSorted()
    .join(', ');
}
