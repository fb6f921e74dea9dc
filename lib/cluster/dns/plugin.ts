import type { Delivery, DnsAnswer, DnsCode, DnsQuery, DnsRecord, Hop, Json, Traced, View } from '../../api';
import type { Random } from '../../base';

/** What CoreDNS remembers between queries, by plugin; plain data. */
export interface Memory {
  get(key: string): Json | undefined;
  set(key: string, value: Json): void;
}

/** What a query meets on its way down the chain: the cluster, the client, and the machine that CoreDNS runs on. */
export interface DnsWorld {
  readonly view: View;
  readonly now: number;
  readonly random: Random;
  readonly client: { readonly ip: string; readonly port: number; readonly id: number };
  readonly protocol: 'UDP' | 'TCP';
  readonly localIPs: readonly string[];
  readonly hostname: string;
  /** Whether the cluster's objects have been read once. */
  readonly synced: boolean;
  readonly memory: Memory;
  readFile(path: string): string | undefined;
  /** Asks this very server anew, from the top of its chain: how CNAMEs that lead elsewhere are followed. */
  lookup(query: DnsQuery): Traced<DnsAnswer>;
  /** Asks another server by a packet from this Pod. */
  exchange(
    to: { readonly ip: string; readonly port: number },
    protocol: 'UDP' | 'TCP',
    query: DnsQuery,
  ): Traced<Delivery>;
  /** Writes a line to the log. */
  log(line: string): void;
  /** Time that the query takes beyond the usual. */
  wait(ms: number): void;
  /** How long this query took so far, in ms. */
  spent(): number;
  /** Counts something for `/metrics`: `cache_hits_total{type="success"}`. */
  count(metric: string, labels?: Readonly<Record<string, string>>): void;
}

/** What a plugin gives back. */
export interface DnsResult extends DnsAnswer {
  /** Nothing was written to the client yet: the server writes the bare code. */
  readonly unwritten?: boolean | undefined;
  /** Why, for the errors plugin. */
  readonly error?: string | undefined;
  /** The client is told nothing at all. */
  readonly silent?: boolean | undefined;
}

/** Hands the question to the plugins that come after. */
export type Next = (query: DnsQuery) => Traced<DnsResult>;

/** One link of CoreDNS' chain, configured. */
export interface DnsPlugin {
  readonly name: string;
  answer(query: DnsQuery, world: DnsWorld, next: Next): Traced<DnsResult>;
}

/** An answer without records. */
export function emptyAnswer(code: DnsCode, authority: readonly DnsRecord[] = []): DnsResult {
  return { code, authoritative: authority.length > 0, answers: [], authority, additional: [] };
}

/** An authoritative answer. */
export function answerWith(
  answers: readonly DnsRecord[],
  additional: readonly DnsRecord[] = [],
  code: DnsCode = 'NOERROR',
): DnsResult {
  return { code, authoritative: true, answers, authority: [], additional };
}

/** A plugin gives up: what comes to the client is the bare code. */
export function unwritten(code: DnsCode, error?: string): DnsResult {
  return { ...emptyAnswer(code), unwritten: true, error };
}

/** A hop about a DNS decision. */
export function dnsHop(rule: string, effect: string, object?: Hop['object'], detail?: string): Hop {
  return {
    at: 'DNS',
    rule,
    effect,
    ...(detail === undefined ? {} : { detail }),
    ...(object === undefined ? {} : { object }),
  };
}

/** What an answer says, in one clause: "answers A 10.96.0.1". */
export function toldOf(answer: DnsAnswer): string {
  if (answer.answers.length === 0) {
    if (answer.code === 'NOERROR') return 'the name exists, but has no such record';
    return answer.code === 'NXDOMAIN' ? 'no such name' : `answers ${answer.code}`;
  }
  return `answers ${answer.answers.map(({ type, data }) => `${type} ${data}`).join(', ')}`;
}

/** Puts hops in front of what came of the rest of the chain. */
export function after<T>(hops: readonly Hop[], traced: Traced<T>): Traced<T> {
  return { outcome: traced.outcome, trace: [...hops, ...traced.trace] };
}
