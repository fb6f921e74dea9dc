import type { HostNetwork } from './host-network';
import type { Json } from './objects';
import type { Protocol } from './protocol';
import type { TlsProblem, TlsTrust } from './x509';

export type { Protocol } from './protocol';

/** Where traffic is sent from. The office is the private network that the nodes sit on; the admin machine is on it. */
export type Vantage =
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'office' }
  | { readonly kind: 'internet' };

/** What a client says in its TLS greeting. */
export interface TlsOffer {
  /** SNI; empty where none is sent. */
  readonly serverName: string;
  /** Protocols it would speak, by ALPN. */
  readonly alpn?: readonly string[] | undefined;
  /** What it asks of the server's certificate; anything goes when absent (curl -k, probes). */
  readonly trust?: TlsTrust | undefined;
}

/** What client and server agreed on. */
export interface TlsSession {
  readonly version: string;
  readonly cipher: string;
  readonly alpn?: string | undefined;
  /** The server's certificates in PEM, its own first. */
  readonly chain: string;
}

/** What is said once connected. */
export type Request =
  | { readonly kind: 'connect' }
  | {
      readonly kind: 'http';
      readonly method: string;
      readonly path: string;
      readonly host: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      /** Set when spoken over TLS. */
      readonly tls?: TlsOffer | undefined;
    }
  /** A TLS greeting and nothing after it (openssl s_client). */
  | { readonly kind: 'tls'; readonly tls: TlsOffer }
  | { readonly kind: 'bytes'; readonly text: string }
  | { readonly kind: 'dns'; readonly query: DnsQuery }
  /** A protocol of an image's own (SQL, RESP, mongo …), understood by that image alone. */
  | { readonly kind: 'call'; readonly name: string; readonly body: Json };

export type Reply =
  | { readonly kind: 'connected' }
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly reason: string;
      /** In the order sent. */
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly body: string;
      /** What was agreed on where it came over TLS, as far as the server tells. */
      readonly session?: TlsSession | undefined;
    }
  | { readonly kind: 'tls'; readonly session: TlsSession }
  /** The client did not take the server's certificate, and hung up before it asked for anything. */
  | { readonly kind: 'untrusted'; readonly problem: TlsProblem; readonly session: TlsSession }
  | { readonly kind: 'bytes'; readonly text: string }
  | { readonly kind: 'dns'; readonly answer: DnsAnswer }
  | { readonly kind: 'call'; readonly body: Json }
  /** Connected, then hung up without a word (curl: empty reply), or a TLS greeting to a plain port and the like. */
  | { readonly kind: 'closed'; readonly why: 'empty-reply' | 'reset' | 'tls-mismatch' };

export interface Packet {
  readonly from: Vantage;
  readonly to: { readonly ip: string; readonly port: number };
  readonly protocol: Protocol;
  readonly request: Request;
}

/** An ICMP echo, which no Service rule carries. */
export interface Ping {
  readonly from: Vantage;
  readonly ip: string;
}

/** What became of an echo; a refusal says that the host, or (by a rejecting rule) the port cannot be reached, and who told. */
export interface Pinged {
  readonly answered: boolean;
  readonly latencyMs: number;
  readonly refusal?: 'host' | 'port' | undefined;
  readonly by?: string | undefined;
}

/** What became of a packet. *refused* is TCP's RST or an ICMP port unreachable; *dropped* is silence. */
export type Delivery =
  | {
      readonly kind: 'delivered';
      readonly reply: Reply;
      /** Who answered: a Pod's container, a host process (`node`), or something outside the cluster. */
      readonly server: {
        readonly ip: string;
        readonly port: number;
        readonly pod?: { readonly namespace: string; readonly name: string } | undefined;
        readonly node?: string | undefined;
      };
      /** The client address as the server saw it. */
      readonly sourceSeen: string;
      readonly latencyMs: number;
    }
  | { readonly kind: 'refused'; readonly latencyMs: number }
  | { readonly kind: 'unreachable'; readonly why: 'host' | 'network'; readonly latencyMs: number }
  | { readonly kind: 'dropped' };

/** One step of how a decision was reached. */
export interface Hop {
  /** Where: "DNS", "node worker-1", "chain KUBE-SVC-…", "pod default/web-1" … */
  readonly at: string;
  /** The rule or field that decided, as printed by the tool that shows it. */
  readonly rule: string;
  /** What it did, in one short clause. */
  readonly effect: string;
  readonly detail?: string | undefined;
  /** The object behind the rule. */
  readonly object?:
    | {
        readonly resource: string;
        readonly namespace: string;
        readonly name: string;
        readonly field?: string | undefined;
      }
    | undefined;
}

/** A decision together with how it came about. */
export interface Traced<T> {
  readonly outcome: T;
  readonly trace: readonly Hop[];
}

/** The EDNS part of a message (RFC 6891). */
export interface DnsEdns {
  /** The UDP payload that the sender takes. */
  readonly size: number;
  readonly version?: number | undefined;
  readonly dnssecOk?: boolean | undefined;
  /** Option codes with their data in hexadecimal. */
  readonly options?: readonly { readonly code: number; readonly data: string }[] | undefined;
}

export interface DnsQuery {
  /** Fully qualified with or without the trailing dot; case is kept in the answer. */
  readonly name: string;
  /** "A", "SRV"; an unknown type as RFC 3597 writes it ("TYPE65280"). */
  readonly type: string;
  /** IN when absent. */
  readonly class?: string | undefined;
  /** Whether the client asks for recursion; it does when absent. */
  readonly recursionDesired?: boolean | undefined;
  /** The AD and CD bits. */
  readonly authenticData?: boolean | undefined;
  readonly checkingDisabled?: boolean | undefined;
  readonly edns?: DnsEdns | undefined;
}

export interface DnsRecord {
  readonly name: string;
  readonly type: string;
  /** IN when absent. */
  readonly class?: string | undefined;
  readonly ttl: number;
  /** Presentation form: "10.96.0.1", "0 100 80 web.default.svc.cluster.local.". */
  readonly data: string;
}

export type DnsCode =
  | 'NOERROR'
  | 'FORMERR'
  | 'SERVFAIL'
  | 'NXDOMAIN'
  | 'NOTIMP'
  | 'REFUSED'
  | 'YXDOMAIN'
  | 'YXRRSET'
  | 'NXRRSET'
  | 'NOTAUTH'
  | 'NOTZONE'
  | 'BADVERS';

export interface DnsAnswer {
  readonly code: DnsCode;
  readonly authoritative: boolean;
  readonly recursionAvailable?: boolean | undefined;
  /** Records were left out because they would not fit: the client asks again over TCP. */
  readonly truncated?: boolean | undefined;
  /** Names are written once and pointed to; a server compresses only what would be too long. */
  readonly compressed?: boolean | undefined;
  readonly edns?: DnsEdns | undefined;
  readonly answers: readonly DnsRecord[];
  readonly authority: readonly DnsRecord[];
  readonly additional: readonly DnsRecord[];
}

/** A machine's resolver configuration (/etc/resolv.conf). */
export interface ResolvConf {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
}

/** Whose rules a name is resolved by: a C library's, or those of Go's own resolver. */
export type ResolverKind = 'glibc' | 'musl' | 'go';

/** What became of the query that failed: its server knows no address, says that it cannot tell, or no answer came back. */
export interface LookupFailure {
  readonly server: string;
  readonly why: 'not-found' | 'misbehaving' | 'silent' | 'refused' | 'no-route' | 'no-network';
}

/** The network as tools on one machine meet it. Everything is decided at once; the caller waits `latencyMs` itself. */
export interface Network {
  send(packet: Packet): Traced<Delivery>;
  ping(ping: Ping): Traced<Pinged>;
  /**
   * Applies /etc/hosts and the search list as the resolver does, asking the name servers by packets: glibc; musl, whose
   * search ends sooner; Go's, which searches on where a server does not answer.
   */
  lookup(
    from: Vantage,
    name: string,
    by?: ResolverKind,
  ): Traced<{
    readonly addresses: readonly string[];
    readonly canonicalName?: string | undefined;
    readonly error?: 'not-found' | 'no-server' | undefined;
    readonly failure?: LookupFailure | undefined;
    readonly latencyMs: number;
  }>;
  resolvConf(from: Vantage): ResolvConf;
  addresses(from: Vantage): readonly string[];
  /** iptables-save of one node, or of its nat or filter table alone. */
  iptablesSave(node: string, table?: 'nat' | 'filter'): string;
  /** The machine at a vantage point as its own tools see it; undefined where there is none. */
  host(from: Vantage): HostNetwork | undefined;
}
