import type { Node, Pod, Stored, View } from '../../api';
import { isPodFinished, matchesNode, untolerated } from '../controllers';
import { amountOf, portsTaken, requestsOf, sumRequests } from '../scheduler';
import type { ContainerRegistry } from './containers';

/** Why a kubelet does not take a Pod that was put on its node. */
export interface Rejection {
  readonly reason: string;
  readonly message: string;
}

/** What a kubelet asks before it starts a Pod (predicateAdmitHandler): the scheduler may not have been asked. */
export function rejectionOf(
  view: View,
  containers: ContainerRegistry,
  pod: Stored<Pod>,
  node: Stored<Node>,
): Rejection | undefined {
  // What runs for the node itself is never turned away.
  if (pod.metadata.annotations?.['kubernetes.io/config.source'] !== undefined) return undefined;
  return (
    shortage(view, containers, pod, node) ??
    failed(matchesNode(pod, node), 'NodeAffinity', "node(s) didn't match Pod's node affinity/selector") ??
    failed(
      !hasHostPorts(pod) || !portsTaken(pod, admitted(view, containers, pod, node)),
      'NodePorts',
      "node(s) didn't have free ports for the requested pod ports",
    ) ??
    failed(
      untolerated(pod, node, ['NoExecute']) === undefined,
      'TaintToleration',
      "node(s) had taints that the pod didn't tolerate",
    )
  );
}

function failed(passes: boolean, predicate: string, why: string): Rejection | undefined {
  return passes ? undefined : { reason: predicate, message: `Predicate ${predicate} failed: ${why}` };
}

const hasHostPorts = ({ spec }: Pod): boolean =>
  spec?.containers.some(({ ports }) => ports?.some(({ hostPort }) => hostPort)) ?? false;

/** The Pods of the node that its kubelet has taken before. */
function admitted(
  view: View,
  containers: ContainerRegistry,
  pod: Stored<Pod>,
  node: Stored<Node>,
): readonly Stored<Pod>[] {
  return view
    .list<Pod>('pods', '')
    .filter(
      (each) =>
        each.spec?.nodeName === node.metadata.name &&
        each.metadata.uid !== pod.metadata.uid &&
        !isPodFinished(each) &&
        containers.pod(`${each.metadata.namespace ?? ''}/${each.metadata.name}`)?.uid === each.metadata.uid,
    );
}

/** The first resource that there is not enough of (InsufficientResourceError). */
function shortage(
  view: View,
  containers: ContainerRegistry,
  pod: Stored<Pod>,
  node: Stored<Node>,
): Rejection | undefined {
  const allocatable = node.status?.allocatable as Readonly<Record<string, string>> | undefined;
  if (allocatable === undefined) return undefined;
  const capacity = (resource: string): number => amountOf(resource, allocatable[resource]);
  const here = containers.addresses(node.metadata.name).size;
  if (here + 1 > capacity('pods')) return outOf('pods', 1, here, capacity('pods'));
  const wanted = [...requestsOf(pod)].filter(([, amount]) => amount > 0);
  if (wanted.length === 0) return undefined;
  const used = sumRequests(admitted(view, containers, pod, node));
  for (const [resource, amount] of wanted) {
    const taken = used.get(resource) ?? 0;
    if (amount > capacity(resource) - taken) return outOf(resource, amount, taken, capacity(resource));
  }
  return undefined;
}

const outOf = (resource: string, requested: number, used: number, capacity: number): Rejection => ({
  reason: `OutOf${resource}`,
  message: `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
});
