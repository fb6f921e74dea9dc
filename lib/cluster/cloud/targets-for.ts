import type { Node, Service, Stored } from '../../api';
import { pairsAt } from './annotations';
import { type Instance, instanceFor } from './instances';

/** The instances that a Service's balancer sends to: those of the nodes, or of the nodes with given labels (findInstancesForELB). */
export function instancesFor(
  instances: readonly Instance[],
  nodes: readonly Stored<Node>[],
  { metadata }: Service,
): readonly string[] {
  const wanted = Object.entries(pairsAt(metadata.annotations, 'target-node-labels'));
  return nodes
    .filter((node) =>
      wanted.every(([key, value]) => {
        const label = node.metadata.labels?.[key];
        return label !== undefined && (value === '' || label === value);
      }),
    )
    .flatMap((node) => instanceFor(instances, node)?.id ?? []);
}
