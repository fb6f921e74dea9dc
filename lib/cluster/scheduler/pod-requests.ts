import type { Container, Pod } from '../../api';
import { parseQuantity, quantityMilliValue, quantityValue } from '../../base';

/** What a Pod asks of a node: CPU in thousandths, memory in bytes, other resources in units. */
export type Requests = ReadonlyMap<string, number>;

type Quantities = Readonly<Record<string, string>> | undefined;

/** A quantity in the scheduler's unit for that resource. */
export function amountOf(resource: string, quantity: string | number | undefined): number {
  const parsed = quantity === undefined ? undefined : parseQuantity(quantity);
  if (parsed === undefined) return 0;
  return resource === 'cpu' ? quantityMilliValue(parsed) : quantityValue(parsed);
}

/**
 * A Pod's effective requests (resourcehelper.PodRequests): all containers and sidecars together, or what an init
 * container needs beside the sidecars started before it, if that is more; what the Pod asks for as a whole goes before.
 */
export function requestsOf(pod: Pod): Requests {
  const total = new Map<string, number>();
  for (const container of pod.spec?.containers ?? []) add(total, requests(container));
  const sidecars = new Map<string, number>();
  const most = new Map<string, number>();
  for (const container of pod.spec?.initContainers ?? []) {
    if (container.restartPolicy === 'Always') add(sidecars, requests(container));
    const needed = new Map(sidecars);
    if (container.restartPolicy !== 'Always') add(needed, requests(container));
    for (const [resource, amount] of needed) most.set(resource, Math.max(most.get(resource) ?? 0, amount));
  }
  for (const [resource, amount] of sidecars) total.set(resource, (total.get(resource) ?? 0) + amount);
  for (const [resource, amount] of most) total.set(resource, Math.max(total.get(resource) ?? 0, amount));
  for (const [resource, text] of Object.entries(wholeRequests(pod) ?? {}))
    total.set(resource, amountOf(resource, text));
  add(total, pod.spec?.overhead as Quantities);
  return total;
}

/** What the Pod asks for as a whole (PodLevelResources). */
const wholeRequests = ({ spec }: Pod): Quantities =>
  (spec as { readonly resources?: { readonly requests?: Quantities } } | undefined)?.resources?.requests;

const requests = (container: Container): Quantities => container.resources?.requests as Quantities;

function add(total: Map<string, number>, quantities: Quantities): void {
  for (const [resource, text] of Object.entries(quantities ?? {})) {
    total.set(resource, (total.get(resource) ?? 0) + amountOf(resource, text));
  }
}

/** The requests of many Pods together. */
export function sumRequests(pods: readonly Pod[]): Requests {
  const total = new Map<string, number>();
  for (const pod of pods) {
    for (const [resource, amount] of requestsOf(pod))
      total.set(resource, (total.get(resource) ?? 0) + amount);
  }
  return total;
}
