import type { DnsAnswer, DnsQuery, DnsRecord, Hop, Traced, View } from '../../api';
import type { Random } from '../../base';
import type { DnsConfig } from './corefile';

/** What plugins are asked within. */
export interface DnsContext {
  readonly view: View;
  readonly config: DnsConfig;
  /** Shuffles addresses as `loadbalance` does; without it they stay in order. */
  readonly random?: Random | undefined;
  /** Addresses of the server itself, for its NS record. */
  readonly localIPs?: readonly string[] | undefined;
}

/** Hands the question to the plugins that come after. */
export type Next = (query: DnsQuery) => Traced<DnsAnswer>;

/** One link of CoreDNS' chain. */
export interface DnsPlugin {
  readonly name: string;
  answer(query: DnsQuery, context: DnsContext, next: Next): Traced<DnsAnswer>;
}

/** An answer without records. */
export function emptyAnswer(code: DnsAnswer['code'], authority: readonly DnsRecord[] = []): DnsAnswer {
  return { code, authoritative: authority.length > 0, answers: [], authority, additional: [] };
}

/** A hop about a DNS decision. */
export function dnsHop(rule: string, effect: string, object?: Hop['object']): Hop {
  return { at: 'DNS', rule, effect, ...(object === undefined ? {} : { object }) };
}
