import type { Container, Node, Pod, Stored, View } from '../../api';
import type { Random } from '../../base';
import type { Action } from '../seams';
import type { KubeletOptions } from './world';

/** One look of a kubelet at one Pod: what it reads, and what it collects on the way. */
export interface Work {
  readonly options: KubeletOptions;
  readonly view: View;
  readonly pod: Stored<Pod>;
  readonly node: Stored<Node>;
  readonly now: number;
  readonly random: Random;
  readonly events: Action[];
  /** Moments at which something has to happen. */
  readonly wakes: number[];
}

/** Notes an event about the Pod or one of its containers. */
export function tell(
  work: Work,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  container?: Container,
): void {
  const event: Action = { verb: 'event', about: work.pod, type, reason, message };
  work.events.push(container === undefined ? event : { ...event, fieldPath: fieldPath(work.pod, container) });
}

function fieldPath(pod: Pod, container: Container): string {
  const init = pod.spec?.initContainers?.some((each) => each.name === container.name);
  return `spec.${init ? 'initContainers' : 'containers'}{${container.name}}`;
}

/** Asks to be woken at a moment. */
export function wake(work: Work, at: number | undefined): void {
  if (at !== undefined) work.wakes.push(at);
}

/** A number of ms between two bounds. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random.next() * (most - least));
}
