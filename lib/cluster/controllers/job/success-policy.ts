import type { Job } from '../../../api';
import { readRanges } from './indexes';

/** Why a Job counts as done before all of its indexes are (matchSuccessPolicy); undefined while none of its rules holds. */
export function successMessage(job: Job, done: ReadonlySet<number>): string | undefined {
  for (const [index, rule] of (job.spec?.successPolicy?.rules ?? []).entries()) {
    const wanted = rule.succeededIndexes === undefined ? undefined : readRanges(rule.succeededIndexes);
    const reached = wanted === undefined ? done.size : [...wanted].filter((each) => done.has(each)).length;
    const needed = rule.succeededCount ?? wanted?.size ?? Number.POSITIVE_INFINITY;
    if (reached >= needed) return `Matched rules at index ${index}`;
  }
  return undefined;
}
