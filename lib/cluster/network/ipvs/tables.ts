import type { Protocol } from '../../../api';
import type { Origin } from '../rules/rules';

/** A server behind a virtual one. Weight 0: it gets nothing new, and goes when its connections have ended. */
export interface Destination {
  readonly ip: string;
  readonly port: number;
  readonly weight: 0 | 1;
  readonly origin: Origin;
}

/** One virtual server of the kernel's IPVS. */
export interface VirtualServer {
  readonly protocol: Protocol;
  readonly ip: string;
  readonly port: number;
  readonly scheduler: string;
  /** How long a client stays with its destination. */
  readonly persistentSeconds?: number | undefined;
  readonly destinations: readonly Destination[];
  readonly origin: Origin;
}

/** What an ipset holds: "10.96.0.1,tcp:443", "30007". */
export interface IpSet {
  readonly type: SetType;
  readonly entries: readonly string[];
}

export type SetType = 'hash:ip,port' | 'hash:ip,port,ip' | 'hash:ip,port,net' | 'bitmap:port' | 'hash:ip';

/** What kube-proxy in IPVS mode keeps in a kernel beside its iptables rules. */
export interface IpvsTables {
  /** By "TCP 10.96.0.1:443". */
  readonly servers: Readonly<Record<string, VirtualServer>>;
  readonly sets: Readonly<Record<string, IpSet>>;
  /** Addresses of the dummy interface kube-ipvs0: the node takes what is for them. */
  readonly bound: readonly string[];
  /** Whether the node keeps silent when asked over ARP for them. */
  readonly strictARP: boolean;
}

/** "TCP 10.96.0.1:443". */
export function serverKey(protocol: Protocol | 'ICMP', ip: string, port: number): string {
  return `${protocol} ${ip}:${port}`;
}

/** "10.244.1.2:80". */
export function destinationKey({ ip, port }: { readonly ip: string; readonly port: number }): string {
  return `${ip}:${port}`;
}
