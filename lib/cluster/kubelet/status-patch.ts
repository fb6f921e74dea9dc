import type { Node, Pod, Stored } from '../../api';
import { patchStatus, REFS } from '../controllers';
import type { Action } from '../seams';
import { podStatus } from './pod-status';
import type { ContainerRuntime, PodRuntime } from './runtime';
import type { Work } from './work';

interface Reported {
  readonly node: Stored<Node>;
  readonly runtime: PodRuntime;
}

/** Pods whose status, as the API has it, told all that there was to tell of such a runtime. */
const told = new WeakMap<Stored<Pod>, Reported>();

/**
 * What brings a Pod's status up to date; undefined when it is. Most looks are a probe that passes again: what they
 * leave shows as it did, and is not written out anew.
 */
export function statusPatch(work: Work, runtime: PodRuntime): Action | undefined {
  const before = told.get(work.pod);
  if (before?.node === work.node && showsAlike(before.runtime, runtime)) return undefined;
  const patch = patchStatus(REFS.pods, work.pod, podStatus(work, runtime));
  if (patch === undefined) told.set(work.pod, { node: work.node, runtime });
  return patch;
}

/** What of a Pod's runtime, and of a container's, no status tells. */
const UNTOLD_OF_POD = ['containers', 'remountAt', 'refreshAt'];
const UNTOLD_OF_CONTAINER = ['probes', 'wakeAt', 'at'];
const PROBES = ['startup', 'liveness', 'readiness'] as const;

/** Whether two runtimes of a Pod that runs are the same in all that a status tells. */
function showsAlike(a: PodRuntime, b: PodRuntime): boolean {
  if (a === b) return true;
  const names = Object.keys(b.containers);
  return (
    Object.keys(a.containers).length === names.length &&
    isSameBut(a, b, UNTOLD_OF_POD) &&
    names.every((name) => runsAlike(a.containers[name], b.containers[name]))
  );
}

function runsAlike(a: ContainerRuntime | undefined, b: ContainerRuntime | undefined): boolean {
  if (a?.phase !== 'running' || b?.phase !== 'running') return false;
  return (
    isSameBut(a, b, UNTOLD_OF_CONTAINER) &&
    PROBES.every((probe) => a.probes[probe]?.passing === b.probes[probe]?.passing)
  );
}

/** Whether two values have the same fields, some aside. */
function isSameBut<T extends object>(a: T, b: T, but: readonly string[]): boolean {
  for (const key in a) if (a[key] !== b[key] && !but.includes(key)) return false;
  for (const key in b) if (a[key] !== b[key] && !but.includes(key)) return false;
  return true;
}
