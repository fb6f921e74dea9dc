import { matchesLabels, type Node, type Pod, type Stored, selectorFromMap, type View } from '../../api';
import { preference, untolerated } from '../controllers';
import { type Placement, podPreference } from './pod-affinity';
import { amountOf, requestsOf } from './pod-requests';
import { crowd } from './spread';

/** What a container that asks for nothing is counted as, so that bare Pods spread too. */
const DEFAULT_MILLI_CPU = 100;
const DEFAULT_MEMORY = 200 * 1024 * 1024;
/** Weights of the default profile: taints 3, node affinity 2, Pod affinity 2, spreading 2, room 1. */
const TAINT_WEIGHT = 3;
const AFFINITY_WEIGHT = 2;
const SPREAD_WEIGHT = 2;

/** How well each node suits the Pod; the highest wins. */
export function score(
  view: View,
  pod: Pod,
  nodes: readonly Stored<Node>[],
  placement: Placement,
): ReadonlyMap<string, number> {
  // A Pod's own constraints take the place of the default ones.
  const fellows = nodes.map(
    (node) =>
      crowd(pod, node, placement) ?? countFellows(view, pod, placement.podsOn.get(node.metadata.name) ?? []),
  );
  const soft = nodes.map((node) => (untolerated(pod, node, ['PreferNoSchedule']) === undefined ? 0 : 1));
  const liked = nodes.map((node) => preference(pod, node));
  const spread = reversed(fellows);
  const taints = reversed(soft);
  const affinity = scaled(liked);
  const company = stretched(nodes.map((node) => podPreference(pod, node, placement)));
  return new Map(
    nodes.map((node, index) => [
      node.metadata.name,
      SPREAD_WEIGHT * (spread[index] ?? 0) +
        TAINT_WEIGHT * (taints[index] ?? 0) +
        AFFINITY_WEIGHT * (affinity[index] ?? 0) +
        AFFINITY_WEIGHT * (company[index] ?? 0) +
        leastAllocated(pod, node, placement.podsOn.get(node.metadata.name) ?? []),
    ]),
  );
}

const scaled = (values: readonly number[]): readonly number[] => {
  const most = Math.max(...values);
  return values.map((value) => (most === 0 ? 0 : Math.floor((100 * value) / most)));
};

/** From the least to the most, which may be below nothing (interpodaffinity's NormalizeScore). */
const stretched = (values: readonly number[]): readonly number[] => {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => (most === least ? 0 : Math.floor((100 * (value - least)) / (most - least))));
};

const reversed = (values: readonly number[]): readonly number[] => {
  const most = Math.max(...values);
  return values.map((value) => (most === 0 ? 100 : Math.floor((100 * (most - value)) / most)));
};

/** Pods of the same owner or the same Services: those that the Pod should not share a node with. */
function countFellows(view: View, pod: Pod, pods: readonly Stored<Pod>[]): number {
  const namespace = pod.metadata.namespace ?? '';
  const owner = pod.metadata.ownerReferences?.find((each) => each.controller === true)?.uid;
  const selectors = view
    .list<Pod & { readonly spec?: { readonly selector?: Readonly<Record<string, string>> } }>(
      'services',
      namespace,
    )
    .map((service) => selectorFromMap(service.spec?.selector))
    .filter((selector) => selector.length > 0 && matchesLabels(selector, pod.metadata.labels));
  return pods.filter((other) => {
    if (other.metadata.namespace !== namespace || other.metadata.deletionTimestamp !== undefined)
      return false;
    if (owner !== undefined && other.metadata.ownerReferences?.some((each) => each.uid === owner))
      return true;
    return (
      owner === undefined && selectors.some((selector) => matchesLabels(selector, other.metadata.labels))
    );
  }).length;
}

function leastAllocated(pod: Pod, node: Node, pods: readonly Pod[]): number {
  const allocatable = node.status?.allocatable as Readonly<Record<string, string>> | undefined;
  const free = (resource: string, least: number): number => {
    const capacity = amountOf(resource, allocatable?.[resource]);
    if (capacity === 0) return 0;
    const asked = [...pods, pod].reduce(
      (sum, each) => sum + Math.max(requestsOf(each).get(resource) ?? 0, least),
      0,
    );
    return Math.max(0, (100 * (capacity - asked)) / capacity);
  };
  return Math.floor((free('cpu', DEFAULT_MILLI_CPU) + free('memory', DEFAULT_MEMORY)) / 2);
}
