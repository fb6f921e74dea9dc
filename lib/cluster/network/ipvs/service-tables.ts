import { inRange } from '../addresses';
import { categorizeEndpoints, type ProxyNode } from '../rules/endpoints';
import { about } from '../rules/rule-writer';
import type { ProxyEndpoint, ServicePortInfo } from '../rules/service-ports';
import { compareDestinations } from './choose';
import type { Destination, VirtualServer } from './tables';

/** What one service port puts into a node's kernel. */
export interface PortTables {
  readonly servers: readonly VirtualServer[];
  /** Entries by name of the set. */
  readonly sets: readonly (readonly [set: string, entry: string])[];
  readonly bound: readonly string[];
  /** Load balancer addresses that the node itself is kept from: "ip protocol port". */
  readonly barred: readonly { readonly ip: string; readonly port: number; readonly protocol: string }[];
}

/** A node as IPVS mode sees it: `addresses` are its own, without loopback and kube-ipvs0. */
export interface IpvsNode extends ProxyNode {
  readonly addresses: readonly string[];
  /** Those on which node ports listen. */
  readonly nodePortAddresses: readonly string[];
}

/** What kube-proxy writes for one service port in IPVS mode (its syncProxyRules, per service port). */
export function portTables(port: ServicePortInfo, node: IpvsNode, scheduler: string): PortTables {
  const writer = new TablesWriter(port, node, scheduler);
  const protocol = port.protocol.toLowerCase();
  const entry = (ip: string) => `${ip},${protocol}:${port.port}`;
  for (const endpoint of port.endpoints)
    if (endpoint.node === node.name)
      writer.put('KUBE-LOOP-BACK', `${endpoint.ip},${protocol}:${endpoint.port},${endpoint.ip}`);
  writer.put('KUBE-CLUSTER-IP', entry(port.clusterIP));
  writer.serve(port.clusterIP, port.port, port.internalLocal, 'spec.clusterIP', true);
  for (const ip of port.externalIPs) {
    writer.put(port.externalLocal ? 'KUBE-EXTERNAL-IP-LOCAL' : 'KUBE-EXTERNAL-IP', entry(ip));
    writer.serve(ip, port.port, port.externalLocal, 'spec.externalIPs', !node.addresses.includes(ip));
  }
  for (const ip of port.loadBalancerIPs) {
    writer.put('KUBE-LOAD-BALANCER', entry(ip));
    if (port.externalLocal) writer.put('KUBE-LOAD-BALANCER-LOCAL', entry(ip));
    if (port.sourceRanges.length > 0) writeFirewall(writer, ip, entry(ip));
    writer.serve(
      ip,
      port.port,
      port.externalLocal,
      'status.loadBalancer.ingress',
      !node.addresses.includes(ip),
    );
  }
  if (port.nodePort !== 0 && node.nodePortAddresses.length > 0) writeNodePort(writer);
  if (port.healthCheckNodePort !== 0)
    writer.put('KUBE-HEALTH-CHECK-NODE-PORT', String(port.healthCheckNodePort));
  return writer;
}

class TablesWriter implements PortTables {
  readonly servers: VirtualServer[] = [];
  readonly sets: (readonly [string, string])[] = [];
  readonly bound: string[] = [];
  readonly barred: { ip: string; port: number; protocol: string }[] = [];
  readonly port: ServicePortInfo;
  readonly node: IpvsNode;
  readonly scheduler: string;
  readonly #everywhere: readonly Destination[];
  readonly #local: readonly Destination[];

  constructor(port: ServicePortInfo, node: IpvsNode, scheduler: string) {
    this.port = port;
    this.node = node;
    this.scheduler = scheduler;
    const { cluster, local } = categorizeEndpoints(port, node);
    this.#everywhere = destinationsOf(cluster);
    this.#local = local.length === 0 ? this.#everywhere : destinationsOf(local);
  }

  put(set: string, entry: string): void {
    this.sets.push([set, entry]);
  }

  /** Under a Local policy without a local endpoint all endpoints stand in, for Pods of this node to use. */
  serve(ip: string, port: number, local: boolean, field: string, bind: boolean): void {
    const { protocol, affinitySeconds } = this.port;
    this.servers.push({
      protocol,
      ip,
      port,
      scheduler: this.scheduler,
      ...(affinitySeconds === undefined ? {} : { persistentSeconds: affinitySeconds }),
      destinations: local ? this.#local : this.#everywhere,
      origin: about(this.port, field),
    });
    if (bind) this.bound.push(ip);
  }
}

/** Destinations by the list that they were made from, which nodes that choose alike share. */
const destinations = new WeakMap<readonly ProxyEndpoint[], readonly Destination[]>();

function destinationsOf(endpoints: readonly ProxyEndpoint[]): readonly Destination[] {
  const known = destinations.get(endpoints);
  if (known !== undefined) return known;
  const fresh = endpoints
    .map(({ ip, port, origin }): Destination => ({ ip, port, weight: 1, origin }))
    .sort(compareDestinations);
  destinations.set(endpoints, fresh);
  return fresh;
}

function writeFirewall(writer: TablesWriter, ip: string, entry: string): void {
  const { port, node } = writer;
  writer.put('KUBE-LOAD-BALANCER-FW', entry);
  for (const range of port.sourceRanges) writer.put('KUBE-LOAD-BALANCER-SOURCE-CIDR', `${entry},${range}`);
  if (port.sourceRanges.some((range) => inRange(node.ip, range)))
    writer.put('KUBE-LOAD-BALANCER-SOURCE-IP', `${entry},${ip}`);
  else writer.barred.push({ ip, port: port.port, protocol: port.protocol.toLowerCase() });
}

function writeNodePort(writer: TablesWriter): void {
  const { port, node } = writer;
  const { protocol, nodePort } = port;
  const suffix = protocol === 'SCTP' ? 'SCTP-HASH' : protocol;
  const entries =
    protocol === 'SCTP' ? node.nodePortAddresses.map((ip) => `${ip},sctp:${nodePort}`) : [String(nodePort)];
  for (const entry of entries) {
    writer.put(`KUBE-NODE-PORT-${suffix}`, entry);
    if (port.externalLocal) writer.put(`KUBE-NODE-PORT-LOCAL-${suffix}`, entry);
  }
  for (const ip of node.nodePortAddresses)
    writer.serve(ip, nodePort, port.externalLocal, 'spec.ports[].nodePort', false);
}
