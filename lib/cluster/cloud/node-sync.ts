import type { Node, Service, Stored } from '../../api';
import { planOf, REST, splitKey } from '../controllers';
import type { Controller } from '../seams';
import { isExternal } from './annotations';
import { balancerName } from './names';
import type { CloudWorld } from './service-controller';
import { balancedNodes, concernsBalancers, nodeMark, wantsBalancer } from './service-needs';
import { keepBalancer } from './state';
import { withInstances } from './target-groups';
import { instancesFor } from './targets-for';

/** The service controller's other half: tells balancers when nodes come and go (nodeSyncService). */
export function createNodeSync(world: CloudWorld): Controller {
  const { book, instances } = world;
  return {
    name: 'service-controller-nodes',
    account: 'service-controller',
    component: 'service-controller',
    program: 'aws-cloud-controller-manager',
    watches: [
      {
        resource: 'nodes',
        keys(object, previous) {
          const after = object as Stored<Node> | undefined;
          const before = previous as Stored<Node> | undefined;
          return concernsBalancers(before, after) ? Object.keys(book.state.tended) : [];
        },
      },
    ],
    reconcile(view, key, now) {
      const { namespace, name } = splitKey(key);
      const service = view.get<Service>('services', namespace, name);
      const { tended } = book.state;
      const known = tended[key];
      if (service === undefined || known === undefined || !wantsBalancer(service)) return REST;
      const nodes = balancedNodes(view);
      const marks = nodes.map(nodeMark);
      if (marks.join() === known.nodes.join()) return REST;
      book.change({ tended: { ...tended, [key]: { ...known, nodes: marks } } });
      const balancer = book.state.balancers[balancerName(service)];
      if (isExternal(service.metadata.annotations) || balancer === undefined) return REST;
      const ids = instancesFor(instances, nodes, service);
      const groups = balancer.groups.map((group) => withInstances(group, balancer.kind, ids, now));
      keepBalancer(book, { ...balancer, groups });
      return planOf([
        nodes.length === 0
          ? {
              verb: 'event',
              about: service,
              type: 'Warning',
              reason: 'UnAvailableLoadBalancer',
              message: 'There are no available nodes for LoadBalancer',
            }
          : {
              verb: 'event',
              about: service,
              type: 'Normal',
              reason: 'UpdatedLoadBalancer',
              message: 'Updated load balancer with new hosts',
            },
      ]);
    },
  };
}
