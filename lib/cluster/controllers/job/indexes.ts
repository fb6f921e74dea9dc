import type { Job, Pod } from '../../../api';
import type { JobPods } from './tracking';

/** The annotation by which a Pod of an indexed Job knows its number. */
export const INDEX = 'batch.kubernetes.io/job-completion-index';
/** How often its index failed before it was made. */
export const FAILURE_COUNT = 'batch.kubernetes.io/job-index-failure-count';

/** Whether a Job's Pods are numbered. */
export const isIndexed = (job: Job): boolean => job.spec?.completionMode === 'Indexed';

/** A Pod's number; -1 when it has none. */
export function indexOf(pod: Pod): number {
  const text = pod.metadata.annotations?.[INDEX] ?? '';
  return /^\d+$/.test(text) ? Number(text) : -1;
}

/** Whether failures are counted for each index. */
export const countsPerIndex = (job: Job): boolean => typeof job.spec?.backoffLimitPerIndex === 'number';

/** How often the index of a Pod had failed when it was made. */
export function failuresBefore(pod: Pod): number {
  return Number(pod.metadata.annotations?.[FAILURE_COUNT] ?? 0);
}

/** "0-2,4" read; what is not of this form is nothing. */
export function readRanges(text: string | undefined): ReadonlySet<number> {
  const indexes = new Set<number>();
  for (const part of (text ?? '').split(',')) {
    const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (from === undefined) continue;
    for (let index = Number(from); index <= Number(to ?? from); index += 1) indexes.add(index);
  }
  return indexes;
}

/** "0-2,4": runs of indexes as the API writes them. */
export function writeRanges(indexes: Iterable<number>): string {
  const runs: [number, number][] = [];
  for (const index of [...indexes].toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else runs.push([index, index]);
  }
  return runs
    .map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from},${to}` : `${from}-${to}`))
    .join(',');
}

const within = (job: Job, index: number): boolean =>
  index >= 0 && index < (job.spec?.completions ?? Number.POSITIVE_INFINITY);

/** The indexes that have succeeded, by the status and by the Pods there are. */
export function succeededIndexes(job: Job, { succeeded }: JobPods): ReadonlySet<number> {
  const known = [...readRanges(job.status?.completedIndexes)];
  return new Set([...known, ...succeeded.map(indexOf)].filter((index) => within(job, index)));
}

/** The indexes that are given up: those that failed more often than they may, or that a rule gives up. */
export function failedIndexes(
  job: Job,
  pods: JobPods,
  done: ReadonlySet<number>,
  isGivenUp: (pod: Pod) => boolean,
): ReadonlySet<number> {
  if (!countsPerIndex(job)) return new Set();
  const limit = job.spec?.backoffLimitPerIndex ?? 0;
  const spent = pods.failed.filter((pod) => failuresBefore(pod) >= limit || isGivenUp(pod)).map(indexOf);
  const known = [...readRanges(job.status?.failedIndexes as string | undefined)];
  return new Set([...known, ...spent].filter((index) => within(job, index) && !done.has(index)));
}
