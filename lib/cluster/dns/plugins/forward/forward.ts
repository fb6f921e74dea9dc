import type { DnsQuery, Hop, Traced } from '../../../../api';
import { canonicalName, isUnder, zoneOf } from '../../names';
import {
  after,
  type DnsPlugin,
  type DnsResult,
  type DnsWorld,
  dnsHop,
  type Next,
  unwritten,
} from '../../plugin';
import type { Directive } from '../../setup';
import { type ForwardConfig, readForwardConfigs, type Upstream } from './config';
import { exchange } from './exchange';

/** How long CoreDNS goes on asking upstreams for one question. */
const DEADLINE_MS = 5000;

/** The `forward` plugin: hands questions on to other servers. */
export const forward: Directive = {
  name: 'forward',
  setUp(given) {
    const { memoryKey, place } = given;
    const configs = readForwardConfigs(given);
    const chain = configs.map((config, index): Link => {
      const rule = `forward ${config.from} (${place})`;
      return { config, rule, key: `${memoryKey}/${index}` };
    });
    const plugin: DnsPlugin = {
      name: 'forward',
      answer: (query, world, next) => fromLink(chain, 0, query, world, next),
    };
    return plugin;
  },
};

/** One `forward` line of a block; those that do not match a name hand it to the one after. */
interface Link {
  readonly config: ForwardConfig;
  readonly rule: string;
  readonly key: string;
}

function fromLink(
  chain: readonly Link[],
  from: number,
  query: DnsQuery,
  world: DnsWorld,
  next: Next,
): Traced<DnsResult> {
  const link = chain[from];
  if (link === undefined) return next(query);
  const { config } = link;
  if (!matches(config, query.name)) return fromLink(chain, from + 1, query, world, next);
  const traced = ask(link, query, world);
  const { outcome } = traced;
  const onward = !outcome.unwritten && config.next.includes(outcome.code) && from + 1 < chain.length;
  return onward ? after(traced.trace, fromLink(chain, from + 1, query, world, next)) : traced;
}

function matches({ from, except }: ForwardConfig, name: string): boolean {
  if (!isUnder(name, from)) return false;
  return canonicalName(name) === from || zoneOf(name, except) === undefined;
}

function ask({ config, rule, key }: Link, query: DnsQuery, world: DnsWorld): Traced<DnsResult> {
  const trace: Hop[] = [];
  const order = ordered(config, key, world);
  let error = 'no healthy proxies';
  let fails = 0;
  let at = 0;
  for (let spent = 0; spent < DEADLINE_MS; ) {
    if (at >= order.length) {
      at = 0;
      fails = 0;
    }
    let upstream = order[at];
    at += 1;
    if (upstream === undefined) break;
    if (isDown(config, key, upstream, world)) {
      fails += 1;
      if (fails < order.length) continue;
      if (config.failFast) break;
      // All are down, as far as one knows: any may have come back.
      upstream = order[Math.floor(world.random.next() * order.length)] ?? upstream;
    }
    const exchanged = exchange(world, config, upstream, query);
    spent += exchanged.tookMs;
    world.wait(exchanged.tookMs);
    trace.push(dnsHop(rule, `asks ${upstream.address}`), ...exchanged.trace);
    const { answer } = exchanged;
    world.memory.set(downKey(key, upstream), answer === undefined);
    if (answer === undefined) {
      error = exchanged.error ?? error;
      trace.push(dnsHop(rule, `no answer: ${error}`));
      if (fails < order.length) continue;
      break;
    }
    if (config.failover.includes(answer.code) && fails < order.length) {
      fails += 1;
      if (at < order.length) continue;
    }
    return { outcome: answer, trace };
  }
  return { outcome: unwritten('SERVFAIL', error), trace: [...trace, dnsHop(rule, `gives up: ${error}`)] };
}

const downKey = (key: string, { address }: Upstream): string => `${key}/down/${address}`;

/** Whether an upstream was found dead and its health checks have not found it alive since. */
function isDown(config: ForwardConfig, key: string, upstream: Upstream, world: DnsWorld): boolean {
  if (config.maxFails === 0 || world.memory.get(downKey(key, upstream)) !== true) return false;
  const probe = exchange(world, config, upstream, { name: '.', type: 'NS' });
  if (probe.answer !== undefined) world.memory.set(downKey(key, upstream), false);
  return probe.answer === undefined;
}

/** The upstreams in the order in which they are tried for one question. */
function ordered({ policy, upstreams }: ForwardConfig, key: string, world: DnsWorld): readonly Upstream[] {
  if (policy === 'sequential' || upstreams.length < 2) return upstreams;
  if (policy === 'round_robin') {
    const robin = (Number(world.memory.get(`${key}/robin`) ?? 0) + 1) % upstreams.length;
    world.memory.set(`${key}/robin`, robin);
    const first = upstreams[robin];
    return first === undefined ? upstreams : [first, ...upstreams.filter((each) => each !== first)];
  }
  const left = [...upstreams];
  const mixed: Upstream[] = [];
  while (left.length > 0) mixed.push(...left.splice(Math.floor(world.random.next() * left.length), 1));
  return mixed;
}
