import type { Delivery, Hop, Service } from '../../../api';
import type { Flow } from '../kernel/interpret';
import type { NodePlace } from '../places';
import { DROPPED, destination, type Trip, tell } from './trip';

/** A cluster IP that no rule took: it is on no wire, so the packet is lost. Says why as far as objects tell. */
export function noRule(trip: Trip, node: NodePlace, flow: Flow): Delivery {
  tell(trip, {
    at: `node ${node.name}`,
    rule: `no rule in KUBE-SERVICES for ${destination(flow)}`,
    effect: 'the packet leaves by the default route and is lost',
    ...undeclared(trip, node, flow),
  });
  return DROPPED;
}

/** Adds what the objects tell to a rejection by a rule that stands for no Service of its own. */
export function explainRejection(trip: Trip, node: NodePlace, flow: Flow): void {
  const last = trip.hops.at(-1);
  if (last === undefined || last.object !== undefined) return;
  trip.hops[trip.hops.length - 1] = { ...last, ...undeclared(trip, node, flow) };
}

/** Why an address and port of no rule might have been thought to be served. */
function undeclared(trip: Trip, node: NodePlace, flow: Flow): Pick<Hop, 'detail' | 'object'> {
  const service = trip.view
    .list<Service>('services', '')
    .find(({ spec }) => spec?.clusterIP === flow.ip || spec?.clusterIPs?.includes(flow.ip));
  if (service === undefined) return { detail: 'no Service has this cluster IP' };
  const ports = (service.spec?.ports ?? []).map(({ port, protocol }) => `${port}/${protocol ?? 'TCP'}`);
  const declared = ports.includes(`${flow.port}/${flow.protocol}`);
  return {
    detail: declared
      ? `kube-proxy on ${node.name} has not written the rules of this Service`
      : `the Service has the ports ${ports.join(', ')}`,
    object: {
      resource: 'services',
      namespace: service.metadata.namespace ?? '',
      name: service.metadata.name,
      field: 'spec.ports',
    },
  };
}
