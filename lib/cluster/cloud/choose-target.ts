import type { Hop } from '../../api';
import { type AtBalancer, hopAt } from './at-balancer';
import type { Instance } from './instances';
import type { Target, TargetGroup } from './state';

/** An instance that a connection may go to. */
export interface Candidate {
  readonly instance: Instance;
  readonly target: Target;
}

/** A group's targets in reach of one zone: those in it, or with cross-zone balancing all. */
export function inReach({ world, balancer, face }: AtBalancer, group: TargetGroup): readonly Candidate[] {
  return world.instances.flatMap((instance) => {
    const target = group.targets[instance.id];
    const near = balancer.attributes.crossZone || instance.zone.name === face.zone;
    return target === undefined || !near ? [] : [{ instance, target }];
  });
}

const CROSS_ZONE =
  'metadata.annotations[service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled]';

/** The hop that tells which target was chosen, and among which. */
export function chosenHop(at: AtBalancer, { instance }: Candidate, among: number, how: string): Hop {
  const { face, balancer } = at;
  const where = balancer.attributes.crossZone ? 'in all zones' : `in ${face.zone}`;
  const hop = hopAt(at, {
    rule: `healthy targets ${where}: ${among}`,
    effect: `chooses ${instance.id}`,
    detail: `node ${instance.node}, ${how}`,
  });
  return {
    ...hop,
    object: { resource: 'nodes', namespace: '', name: instance.node, field: 'spec.providerID' },
  };
}

/** The hop that tells why there is no target, instance by instance. */
export function noTargetHop(at: AtBalancer, group: TargetGroup, effect: string): Hop {
  const { world, face, balancer } = at;
  const known = world.instances.filter(({ id }) => group.targets[id] !== undefined);
  const told = known.map(
    ({ id, node, zone }) => `${id} (${node}, ${zone.name}) is ${group.targets[id]?.state}`,
  );
  const where = balancer.attributes.crossZone ? 'in any zone' : `in ${face.zone}`;
  const detail = told.length === 0 ? 'no instance is registered' : told.join('; ');
  return hopAt(at, { rule: `no healthy target ${where}`, effect, detail }, CROSS_ZONE);
}
