import type { Refusal } from './filters';

/** The sentence of a FailedScheduling event (framework.FitError); `whole` is what keeps the Pod off every node at once. */
export function scheduleMessage(refusals: readonly Refusal[], whole?: string): string {
  const total = refusals.length;
  if (total === 0) return 'no nodes available to schedule pods';
  const available = `0/${total} nodes are available:`;
  const reasons = whole ?? histogram(refusals.flatMap((refusal) => refusal.reasons));
  const preemption = histogram(
    refusals.map((refusal) =>
      refusal.hopeless
        ? 'Preemption is not helpful for scheduling'
        : 'No preemption victims found for incoming pod',
    ),
  );
  return `${available} ${reasons}. no new claims to deallocate, preemption: ${available} ${preemption}.`;
}

function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .toSorted()
    .join(', ');
}
