import type { Protocol } from './protocol';

/** A network interface as `ip addr` shows it. */
export interface Interface {
  readonly index: number;
  readonly name: string;
  /** The index of the other end of a veth, in the other network namespace. */
  readonly peerIndex?: number | undefined;
  readonly kind: 'loopback' | 'ethernet' | 'veth' | 'dummy';
  readonly mtu: number;
  readonly mac: string;
  readonly addresses: readonly {
    readonly ip: string;
    readonly prefix: number;
    readonly broadcast?: string | undefined;
    readonly scope: 'host' | 'global';
  }[];
}

/** A route as `ip route` shows it. */
export interface Route {
  /** "default", "10.244.2.0/24", "10.244.1.2". */
  readonly to: string;
  readonly via?: string | undefined;
  readonly dev: string;
  readonly kernel?: boolean | undefined;
  readonly scope?: 'link' | 'host' | undefined;
  readonly source?: string | undefined;
}

/** A socket that waits for connections or datagrams, as `ss -lntup` shows it. */
export interface WaitingSocket {
  readonly protocol: Protocol;
  readonly address: string;
  readonly port: number;
  /** Whose it is: "kubelet", "nginx". */
  readonly process: string;
  readonly pid: number;
}

/** A connection as conntrack keeps it. */
export interface TrackedConnection {
  readonly protocol: Protocol;
  /** "TIME_WAIT", "SYN_SENT" …; UDP has none. */
  readonly state?: string | undefined;
  readonly secondsLeft: number;
  readonly original: Ends;
  /** How answers come: from the translated destination, to the address that it saw. */
  readonly reply: Ends;
  readonly answered: boolean;
  readonly assured: boolean;
}

/** Both ends of a connection in one direction. */
export interface Ends {
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
}

/** Which tables `iptables-save` is asked for, and whether it shows its counters. */
export interface SaveQuery {
  readonly table?: 'mangle' | 'filter' | 'nat' | undefined;
  readonly counters?: boolean | undefined;
}

/** The network of one machine (a node, a Pod's network namespace, the admin machine) as its own tools see it. */
export interface HostNetwork {
  readonly kind: 'node' | 'pod' | 'admin';
  /** Whether processes here may look at the kernel's tables: root of the host, or NET_ADMIN. */
  readonly isPrivileged: boolean;
  interfaces(): readonly Interface[];
  routes(): readonly Route[];
  sockets(): readonly WaitingSocket[];
  connections(): readonly TrackedConnection[];
  iptablesSave(query: SaveQuery): string;
  /** `ipvsadm -Ln`, with `--stats`, or `-Lnc`. */
  ipvsadm(what: 'servers' | 'statistics' | 'connections'): string;
  /** `ipset list`; undefined when there is no set of that name. */
  ipset(query: {
    readonly only?: string | undefined;
    readonly namesOnly?: boolean | undefined;
  }): string | undefined;
}
