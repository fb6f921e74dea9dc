import type { EndpointSlice, Service, Stored } from '../../../api';
import type { ProxyConfig } from '../../kube-proxy-config';
import { inRange } from '../addresses';
import type { NodePlace } from '../places';
import { type ProxyInputs, slicesOf } from '../rules/build-ruleset';
import { madeFrom, type Remembered } from '../rules/made-from';
import type { Ruleset } from '../rules/rules';
import { portsOf } from '../rules/service-ports';
import { ipvsRules } from './ipvs-rules';
import { type IpvsNode, type PortTables, portTables } from './service-tables';
import { SET_KINDS } from './set-kinds';
import { type IpSet, type IpvsTables, serverKey, type VirtualServer } from './tables';

/** What one Service puts into a kernel, by the objects that it was made from. */
const tablesByService = new WeakMap<Stored<Service>, Remembered<readonly PortTables[]>>();

function serviceTables(
  service: Stored<Service>,
  slices: readonly Stored<EndpointSlice>[],
  node: IpvsNode,
  config: ProxyConfig,
): readonly PortTables[] {
  const key = JSON.stringify([node, config.scheduler, config.family]);
  return madeFrom(tablesByService, service, slices, key, () =>
    portsOf(service, slices, config.family).map((port) => portTables(port, node, config.scheduler)),
  );
}

/** Everything that kube-proxy in IPVS mode writes on a node. */
export function buildIpvs(
  inputs: ProxyInputs,
  place: NodePlace,
  config: ProxyConfig,
): { readonly iptables: Ruleset; readonly ipvs: IpvsTables } {
  const node = ipvsNode(place, config);
  const servers: Record<string, VirtualServer> = {};
  const entries = new Map<string, Set<string>>();
  const bound = new Set<string>();
  const barred: PortTables['barred'][number][] = [];
  for (const service of inputs.services) {
    for (const tables of serviceTables(service, slicesOf(inputs, service), node, config)) {
      for (const server of tables.servers)
        servers[serverKey(server.protocol, server.ip, server.port)] = server;
      for (const [set, entry] of tables.sets) {
        const known = entries.get(set);
        if (known === undefined) entries.set(set, new Set([entry]));
        else known.add(entry);
      }
      for (const ip of tables.bound) bound.add(ip);
      barred.push(...tables.barred);
    }
  }
  entries.set('KUBE-IPVS-IPS', bound);
  const sets = Object.fromEntries(
    Object.entries(SET_KINDS).map(([name, { type }]): [string, IpSet] => [
      name,
      { type, entries: [...(entries.get(name) ?? [])] },
    ]),
  );
  return {
    iptables: ipvsRules(config, sets, barred),
    ipvs: { servers, sets, bound: [...bound], strictARP: config.strictARP },
  };
}

/** Node ports are served on the node's addresses, its Pod gateway included, but never on loopback. */
function ipvsNode(place: NodePlace, config: ProxyConfig): IpvsNode {
  const addresses = [...place.addresses, ...(place.gateway === undefined ? [] : [place.gateway])];
  const ranges = config.nodePortAddresses;
  const chosen =
    ranges.length === 0
      ? addresses
      : addresses.filter((ip) =>
          ranges.some((range) => (range === 'primary' ? ip === place.ip : inRange(ip, range))),
        );
  return { name: place.name, ip: place.ip, zone: place.zone, addresses, nodePortAddresses: chosen };
}
