import type { OutsideName } from '../dns';
import type { Instance } from './instances';
import type { Balancer, CloudState, Face } from './state';

/** How long resolvers may keep a balancer's addresses, in seconds. */
const TTL = 60;

/** The balancers' names with the addresses that they have now; a new one's is not known before it is active. */
export function dnsNames(
  { balancers }: CloudState,
  instances: readonly Instance[],
  now: number,
): Readonly<Record<string, OutsideName>> {
  const active = Object.values(balancers).filter(({ activeAt }) => now >= activeAt);
  return Object.fromEntries(
    active.map((balancer) => {
      const addresses = answering(balancer, instances).map(
        ({ publicIp, privateIp }) => publicIp ?? privateIp,
      );
      return [`${balancer.dnsName}.`, { a: addresses, ttl: TTL }];
    }),
  );
}

/** Where a balancer answers: in zones with a healthy target, or with cross-zone balancing or none anywhere in all. */
function answering(balancer: Balancer, instances: readonly Instance[]): readonly Face[] {
  const { faces, groups, attributes } = balancer;
  if (attributes.crossZone) return faces;
  const healthy = new Set(
    groups.flatMap(({ targets }) =>
      instances.filter(({ id }) => targets[id]?.state === 'healthy').map(({ zone }) => zone.name),
    ),
  );
  const well = faces.filter(({ zone }) => healthy.has(zone));
  return well.length === 0 ? faces : well;
}
