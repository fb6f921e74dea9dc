import type { Json } from '../../api';
import type { Asked, ContainerRecord, Serving } from '../seams';
import type { Inside } from './container-files';
import { writeContainerFiles } from './container-files';
import type { ContainerRegistry } from './containers';
import { withLines } from './log-lines';

/** What keeping needs: the registry, the clock, and how to call a Pod's kubelet. */
export interface Keeper {
  readonly containers: ContainerRegistry;
  now(): number;
  /** Makes the kubelet look at a Pod ("namespace/name") at a moment. */
  wake(key: string, at: number): void;
  inside(record: ContainerRecord): Pick<Inside, 'mounts' | 'record'> | undefined;
}

/** Keeps what serving a request made of a container: state, log, files, and what its kubelet has to see to. */
export function keepServed(keeper: Keeper, record: ContainerRecord, before: Json, serving: Serving): void {
  const { containers } = keeper;
  const { namespace, podName, name } = record;
  const inside = serving.files === undefined ? undefined : keeper.inside(record);
  if (inside !== undefined && serving.files !== undefined)
    writeContainerFiles(containers, inside, serving.files);
  const current = containers.get(namespace, podName, name);
  if (current === undefined) return;
  const log = withLines(current.log, serving.log, keeper.now());
  if (serving.state !== before || log !== current.log)
    containers.update({ ...current, state: serving.state, log });
  const { exitCode, wakeAt, memoryBytes } = serving;
  if (exitCode !== undefined || wakeAt !== undefined || memoryBytes !== undefined)
    askOf(keeper, namespace, podName, name, { exitCode, wakeAt, memoryBytes });
}

/** Leaves something for a container's kubelet to see to: at once, or when the program wants its turn. */
export function askOf(
  keeper: Omit<Keeper, 'inside'>,
  namespace: string,
  pod: string,
  container: string,
  asked: Asked,
): void {
  const { containers } = keeper;
  const record = containers.get(namespace, pod, container);
  if (record === undefined) return;
  const known = record.asked ?? {};
  const merged = { ...known, ...withoutUndefined(asked) };
  const wakeAt = Math.min(known.wakeAt ?? Number.POSITIVE_INFINITY, asked.wakeAt ?? Number.POSITIVE_INFINITY);
  containers.update({ ...record, asked: Number.isFinite(wakeAt) ? { ...merged, wakeAt } : merged });
  const soon = asked.wakeAt === undefined ? keeper.now() + 1 : Math.max(keeper.now() + 1, asked.wakeAt);
  keeper.wake(`${namespace}/${pod}`, soon);
}

function withoutUndefined(asked: Asked): Asked {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}
