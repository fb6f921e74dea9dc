import type { Pod, Stored } from '../../../api';
import { parseTime } from '../../../base';

/** Failed Pods are replaced after 10 s, doubled for each failure in a row, at most 10 minutes. */
const BACKOFF_MS = 10_000;
const BACKOFF_MAX_MS = 600_000;

/** How long a replacement has to wait after these Pods of a Job, or of one of its indexes (backoff_utils.go). */
export function backoffLeft(finished: readonly Stored<Pod>[], now: number): number | undefined {
  const byEnd = finished.map((pod) => ({ pod, at: endOf(pod) })).toSorted((a, b) => a.at - b.at);
  const lastSuccess = byEnd.findLastIndex(({ pod }) => pod.status?.phase === 'Succeeded');
  const streak = byEnd.slice(lastSuccess + 1);
  const last = streak.at(-1);
  if (last === undefined) return undefined;
  const wait = Math.min(BACKOFF_MS * 2 ** (streak.length - 1), BACKOFF_MAX_MS);
  const left = last.at + wait - now;
  return left > 0 ? left : undefined;
}

/** getFinishedTime: when the last container ended, or else when the Pod was told to go. */
function endOf({ status, metadata }: Stored<Pod>): number {
  const ends = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].map(
    ({ state }) => parseTime(String(state?.terminated?.finishedAt ?? '')) ?? 0,
  );
  const last = Math.max(0, ...ends);
  return last > 0 ? last : (parseTime(metadata.deletionTimestamp ?? metadata.creationTimestamp) ?? 0);
}
