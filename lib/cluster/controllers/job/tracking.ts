import type { Job, Json, Pod, Stored, View } from '../../../api';
import type { Action } from '../../seams';
import { controllerOf, isControlledBy } from '../owners';
import { patchObject } from '../patch-status';
import { isPodFinished } from '../pod-state';
import { REFS } from '../refs';

/** Keeps a Pod until its Job has counted it. */
export const TRACKED = 'batch.kubernetes.io/job-tracking';
const JOB_NAME = 'batch.kubernetes.io/job-name';

/** A Job's Pods, sorted; those that were counted before and those that are to be counted now apart. */
export interface JobPods {
  readonly all: readonly Stored<Pod>[];
  /** Neither ended nor on their way out. */
  readonly active: readonly Stored<Pod>[];
  /** On their way out, and not ended yet. */
  readonly terminating: readonly Stored<Pod>[];
  readonly succeeded: readonly Stored<Pod>[];
  readonly failed: readonly Stored<Pod>[];
  /** Numbers of all times: those of the status and of the Pods that are counted now. */
  readonly succeededCount: number;
  readonly failedCount: number;
}

/** Whether Pods on their way out are replaced only when they have ended (onlyReplaceFailedPods). */
export function replacesOnlyFailed(job: Job): boolean {
  return job.spec?.podReplacementPolicy === 'Failed';
}

/** isPodFailed: one that is on its way out counts at once, unless it is to be waited for. */
function isFailed(job: Job, { status, metadata }: Stored<Pod>): boolean {
  if (status?.phase === 'Failed') return true;
  return (
    !replacesOnlyFailed(job) && metadata.deletionTimestamp !== undefined && status?.phase !== 'Succeeded'
  );
}

const isTracked = ({ metadata }: Stored<Pod>): boolean => metadata.finalizers?.includes(TRACKED) ?? false;

/** What Pods a Job has. */
export function podsOf(view: View, job: Stored<Job>): JobPods {
  const all = view.list<Pod>('pods', job.metadata.namespace ?? '').filter((pod) => isControlledBy(pod, job));
  const succeeded = all.filter(({ status }) => status?.phase === 'Succeeded');
  const failed = all.filter((pod) => isFailed(job, pod));
  const leaving = (pod: Stored<Pod>): boolean => pod.metadata.deletionTimestamp !== undefined;
  return {
    all,
    active: all.filter((pod) => !isPodFinished(pod) && !leaving(pod)),
    terminating: all.filter((pod) => !isPodFinished(pod) && leaving(pod)),
    succeeded,
    failed,
    succeededCount: (job.status?.succeeded ?? 0) + succeeded.filter(isTracked).length,
    failedCount: (job.status?.failed ?? 0) + failed.filter(isTracked).length,
  };
}

/** Lets go of Pods that have been counted. */
export function release(pods: readonly Stored<Pod>[]): readonly Action[] {
  return pods.filter(isTracked).map((pod) => {
    const others = (pod.metadata.finalizers ?? []).filter((each) => each !== TRACKED);
    const finalizers: Json = others.length === 0 ? null : others;
    return patchObject(REFS.pods, pod, { metadata: { finalizers } });
  });
}

/** Lets go of Pods whose Job is gone (syncOrphanPod). */
export function releaseOrphans(view: View, namespace: string, name: string): readonly Action[] {
  const uids = new Set(view.list<Job>('jobs.batch', namespace).map(({ metadata }) => metadata.uid));
  return release(
    view.list<Pod>('pods', namespace).filter((pod) => {
      const owner = controllerOf(pod);
      const named = owner?.kind === 'Job' ? owner.name : pod.metadata.labels?.[JOB_NAME];
      return named === name && (owner === undefined || !uids.has(owner.uid));
    }),
  );
}

/** A Pod that is held for a Job that does not control it any more. */
export function orphanKeys(object: Stored | undefined): readonly string[] {
  const pod = object as Stored<Pod> | undefined;
  const name = pod?.metadata.labels?.[JOB_NAME];
  if (pod === undefined || name === undefined || !isTracked(pod) || controllerOf(pod) !== undefined)
    return [];
  return [`${pod.metadata.namespace ?? ''}/${name}`];
}
