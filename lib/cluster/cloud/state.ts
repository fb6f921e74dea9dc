import type { Service, Stored } from '../../api';

/** How a balancer asks whether a target is well. */
export interface HealthCheck {
  readonly protocol: 'TCP' | 'SSL' | 'HTTP' | 'HTTPS';
  /** A number, or 'traffic-port': the port that the target gets its traffic on. */
  readonly port: number | 'traffic-port';
  /** '' for protocols without paths. */
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** What a balancer has found out about an instance. */
export interface Target {
  readonly state: 'initial' | 'healthy' | 'unhealthy' | 'draining';
  /** Checks in a row that came out otherwise than the state says: so many well, or (below 0) so many not. */
  readonly streak: number;
  /** Why it is not well, in the words of the target's last check; '' while it is. */
  readonly reason: '' | 'failed' | 'timeout' | 'code';
  readonly code?: number | undefined;
  /** When a draining target is forgotten, in virtual ms. */
  readonly until?: number | undefined;
}

/** Instances that get traffic on one port, with what is known of their health; a classic balancer has one for all. */
export interface TargetGroup {
  readonly name: string;
  /** The last part of its ARN; '' for a classic balancer, which has no such thing. */
  readonly hash: string;
  readonly protocol: string;
  readonly port: number;
  readonly check: HealthCheck;
  readonly nextCheckAt: number;
  /** By instance ID. */
  readonly targets: Readonly<Record<string, Target>>;
}

/** One port that a balancer listens on. */
export interface Listener {
  readonly port: number;
  /** "tcp", "ssl", "http", "https" of a classic balancer; "TCP", "UDP", "TLS" of a network one. */
  readonly protocol: string;
  readonly nodePort: number;
  /** The protocol that targets are spoken to in. */
  readonly instanceProtocol: string;
  readonly certificate?: string | undefined;
  readonly sslPolicy?: string | undefined;
  /** The name of its target group; '' for a classic balancer. */
  readonly group: string;
  /** The last part of a network listener's ARN. */
  readonly hash: string;
}

/** Where a balancer stands in one zone. */
export interface Face {
  readonly zone: string;
  readonly subnet: string;
  readonly privateIp: string;
  /** Undefined for an internal balancer. */
  readonly publicIp?: string | undefined;
}

/** What is set on a balancer beside its listeners. */
export interface Attributes {
  readonly crossZone: boolean;
  readonly idleTimeoutSeconds: number;
  readonly draining: { readonly enabled: boolean; readonly timeoutSeconds: number };
  readonly accessLog: {
    readonly enabled: boolean;
    readonly emitInterval?: number | undefined;
    readonly bucket?: string | undefined;
    readonly prefix?: string | undefined;
  };
  readonly proxyProtocol: boolean;
  /** NLB target groups: whether targets see the client's own address. */
  readonly preserveClientIp: boolean;
}

/** A load balancer of the account. */
export interface Balancer {
  /** "a" and 31 digits of the Service's UID. */
  readonly name: string;
  readonly kind: 'classic' | 'network';
  readonly service: { readonly namespace: string; readonly name: string };
  readonly dnsName: string;
  readonly scheme: 'internet-facing' | 'internal';
  readonly createdAt: number;
  /** From when on it takes traffic and its name is known to the world. */
  readonly activeAt: number;
  readonly faces: readonly Face[];
  readonly listeners: readonly Listener[];
  readonly groups: readonly TargetGroup[];
  readonly attributes: Attributes;
  /** Security groups on the balancer itself; the first of a classic one is its own unless it was given others. */
  readonly securityGroups: readonly string[];
  /** The one made for it. */
  readonly ownGroup?: string | undefined;
  readonly sourceRanges: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** The last part of a network balancer's ARN. */
  readonly hash: string;
  /** Whose turn it is among the targets, for round robin. */
  readonly turn: number;
}

/** A call to AWS under way for a Service: what it is about was read when it began. */
export interface Call {
  readonly operation: 'ensure' | 'delete';
  readonly service: Stored<Service>;
  readonly endsAt: number;
}

/** What the service controller remembers of a Service between its syncs. */
export interface Tended {
  /** The Service as it was last looked at, for cleaning up after one that vanished. */
  readonly service: Stored<Service>;
  /** The nodes that its balancer was last told of: "name providerID". */
  readonly nodes: readonly string[];
}

/** All that the cloud remembers; plain data. */
export interface CloudState {
  /** By name. */
  readonly balancers: Readonly<Record<string, Balancer>>;
  /** Calls under way, by Service key. */
  readonly calls: Readonly<Record<string, Call>>;
  /** Failures in a row, by Service key. */
  readonly failures: Readonly<Record<string, number>>;
  readonly tended: Readonly<Record<string, Tended>>;
}

/** An account in which nothing has been made yet. */
export const FRESH_CLOUD: CloudState = { balancers: {}, calls: {}, failures: {}, tended: {} };

/** A record without one of its keys. */
export function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _, ...others } = record;
  return others;
}

/** Where the cloud keeps what it remembers: a value that is replaced, and never changed. */
export interface Book {
  readonly state: CloudState;
  change(next: Partial<CloudState>): void;
}

/** A book that begins with a state. */
export function createBook(start: CloudState): Book {
  let state = start;
  return {
    get state() {
      return state;
    },
    change(next) {
      state = { ...state, ...next };
    },
  };
}

/** Puts a balancer in place of the one of its name. */
export function keepBalancer(book: Book, balancer: Balancer): void {
  book.change({ balancers: { ...book.state.balancers, [balancer.name]: balancer } });
}
