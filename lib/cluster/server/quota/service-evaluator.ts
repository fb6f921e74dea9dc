import type { Service } from '../../../api';
import { quantityOf } from '../../../base';
import type { Amounts } from './amounts';
import { type Evaluator, intersection } from './evaluator';

const RESOURCES = ['count/services', 'services', 'services.nodeports', 'services.loadbalancers'];

/** Services count by number, and those open to the outside by node ports and load balancers too. */
export const serviceEvaluator: Evaluator = {
  // A Service may change its type.
  handles: ({ subresource }) => subresource === '',
  matching: (names) => intersection(names, RESOURCES),
  matchesScope: () => false,
  lacks: () => undefined,
  usage: (object) => serviceUsage(object as Service),
};

function serviceUsage({ spec }: Service): Amounts {
  const ports = spec?.ports ?? [];
  const isBalancer = spec?.type === 'LoadBalancer';
  // A balancer that does without node ports is charged for those given by hand.
  const opened =
    isBalancer && spec.allocateLoadBalancerNodePorts === false
      ? ports.filter(({ nodePort }) => nodePort).length
      : ports.length;
  const nodePorts = isBalancer || spec?.type === 'NodePort' ? opened : 0;
  return new Map([
    ['count/services', quantityOf(1)],
    ['services', quantityOf(1)],
    ['services.nodeports', quantityOf(nodePorts)],
    ['services.loadbalancers', quantityOf(isBalancer ? 1 : 0)],
  ]);
}
