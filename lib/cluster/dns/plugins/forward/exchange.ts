import type { Delivery, DnsAnswer, DnsQuery, Hop } from '../../../../api';
import type { DnsWorld } from '../../plugin';
import type { ForwardConfig, Upstream } from './config';

/** What came of asking one upstream once. */
export interface Exchanged {
  readonly answer?: DnsAnswer;
  /** Go's words for why there is none. */
  readonly error?: string;
  /** How long it took until one knew, in ms. */
  readonly tookMs: number;
  readonly trace: readonly Hop[];
}

/** How long CoreDNS waits for an upstream's answer. */
const READ_TIMEOUT_MS = 2000;

/** Asks one upstream. */
export function exchange(
  world: DnsWorld,
  config: ForwardConfig,
  upstream: Upstream,
  query: DnsQuery,
): Exchanged {
  const protocol = config.forceTcp || upstream.overTls ? 'TCP' : config.preferUdp ? 'UDP' : world.protocol;
  const first = askOnce(world, upstream, protocol, query);
  const again = first.answer?.truncated && protocol === 'UDP' && config.preferUdp;
  if (!again) return first;
  const second = askOnce(world, upstream, 'TCP', query);
  return { ...second, tookMs: first.tookMs + second.tookMs, trace: [...first.trace, ...second.trace] };
}

function askOnce(world: DnsWorld, upstream: Upstream, protocol: 'UDP' | 'TCP', query: DnsQuery): Exchanged {
  const { outcome, trace } = world.exchange(upstream, protocol, query);
  if (outcome.kind === 'delivered' && outcome.reply.kind === 'dns' && outcome.latencyMs <= READ_TIMEOUT_MS)
    return { answer: outcome.reply.answer, tookMs: outcome.latencyMs, trace };
  const failure = failureOf(world, upstream, protocol, outcome);
  return { ...failure, trace };
}

function failureOf(world: DnsWorld, { address }: Upstream, protocol: 'UDP' | 'TCP', outcome: Delivery) {
  const net = protocol.toLowerCase();
  const own = () => `${world.localIPs[0] ?? ''}:${32_768 + Math.floor(world.random.next() * 28_232)}`;
  // TCP notices while it connects, UDP when it reads.
  const where = () => (protocol === 'TCP' ? `dial tcp ${address}` : `read ${net} ${own()}->${address}`);
  const call = protocol === 'TCP' ? 'connect' : 'read';
  switch (outcome.kind) {
    case 'refused':
      return { error: `${where()}: ${call}: connection refused`, tookMs: outcome.latencyMs };
    case 'unreachable': {
      const why = outcome.why === 'host' ? 'no route to host' : 'network is unreachable';
      return {
        error: `${where()}: ${call}: ${why}`,
        tookMs: outcome.latencyMs,
      };
    }
    default:
      return { error: `${where()}: i/o timeout`, tookMs: READ_TIMEOUT_MS };
  }
}
