import type { DnsAnswer, DnsQuery, Hop } from '../../api';
import type { ToolContext } from '../process';

/** What a name server said, or how it kept silent. */
export type DnsOutcome =
  | { readonly kind: 'answer'; readonly answer: DnsAnswer; readonly latencyMs: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'silent' };

/** An outcome and how the question travelled. */
export interface DnsExchange {
  readonly outcome: DnsOutcome;
  readonly trace: readonly Hop[];
}

/** Asks one name server once over UDP; silence costs `timeoutMs`. */
export async function askServer(
  context: ToolContext,
  server: string,
  query: DnsQuery,
  timeoutMs: number,
  port = 53,
): Promise<DnsExchange> {
  const { world, machine } = context;
  const { outcome, trace } = world.network.send({
    from: machine.vantage,
    to: { ip: server, port },
    protocol: 'UDP',
    request: { kind: 'dns', query },
  });
  if (outcome.kind === 'dropped') {
    await context.sleep(timeoutMs);
    return { outcome: { kind: 'silent' }, trace };
  }
  await context.sleep(outcome.latencyMs);
  if (outcome.kind === 'refused') return { outcome: { kind: 'refused' }, trace };
  if (outcome.kind === 'unreachable') return { outcome: { kind: 'unreachable' }, trace };
  if (outcome.reply.kind !== 'dns') return { outcome: { kind: 'silent' }, trace };
  return { outcome: { kind: 'answer', answer: outcome.reply.answer, latencyMs: outcome.latencyMs }, trace };
}

/** The names to try for a typed name, by ndots and the search list. */
export function candidateNames(
  name: string,
  conf: { readonly search: readonly string[]; readonly ndots: number },
): readonly string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const dots = name.split('.').length - 1;
  const searched = conf.search.map((domain) => `${name}.${domain}`);
  return dots >= conf.ndots ? [name, ...searched] : [...searched, name];
}

/** The name under which an address is asked back ("2.1.96.10.in-addr.arpa"). */
export function reverseName(ip: string): string {
  return `${ip.split('.').reverse().join('.')}.in-addr.arpa`;
}

/** A record type as typed ("srv"), or undefined. */
export function recordType(text: string): DnsQuery['type'] | undefined {
  const upper = text.toUpperCase();
  const types: readonly DnsQuery['type'][] = [
    'A',
    'AAAA',
    'CNAME',
    'SRV',
    'PTR',
    'TXT',
    'NS',
    'SOA',
    'MX',
    'ANY',
  ];
  return types.find((type) => type === upper);
}

/** A name without its final dot. */
export function withoutDot(name: string): string {
  return name.endsWith('.') && name !== '.' ? name.slice(0, -1) : name;
}

/** The numeric address of a name server that may be given by name. */
export async function serverAddress(context: ToolContext, server: string): Promise<string | undefined> {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(server) || server.includes(':')) return server;
  const { outcome } = context.world.network.lookup(context.machine.vantage, server);
  await context.sleep(outcome.latencyMs);
  return outcome.addresses[0];
}
