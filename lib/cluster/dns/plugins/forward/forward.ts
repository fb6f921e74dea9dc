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
/** From one health check of an upstream to the next. */
const HEALTH_INTERVAL_MS = 500;

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
  const failures = new Map<string, number>();
  for (let spent = 0; spent < DEADLINE_MS; ) {
    if (at >= order.length) {
      at = 0;
      fails = 0;
    }
    let upstream = order[at];
    at += 1;
    if (upstream === undefined) break;
    const failed = failures.get(upstream.address) ?? 0;
    if (isDown(config, key, upstream, failed, world)) {
      fails += 1;
      if (fails < order.length) continue;
      if (config.failFast) break;
      // All are down, as far as one knows: any may have come back.
      upstream = order[Math.floor(world.random.next() * order.length)] ?? upstream;
    }
    const exchanged = exchange(world, config, upstream, query);
    // Errors that come at once are repeated until the health checks have found the upstream dead.
    const alive = exchanged.answer !== undefined || failed >= config.maxFails;
    const tookMs = alive ? exchanged.tookMs : Math.max(exchanged.tookMs, HEALTH_INTERVAL_MS);
    spent += tookMs;
    world.wait(tookMs);
    trace.push(dnsHop(rule, `asks ${upstream.address}`), ...exchanged.trace);
    const { answer } = exchanged;
    if (answer === undefined) {
      failures.set(upstream.address, failed + 1);
      error = exchanged.error ?? error;
      trace.push(dnsHop(rule, `no answer: ${error}`));
      if (fails < order.length) continue;
      break;
    }
    if (config.failover.includes(answer.code) && fails < order.length) {
      fails += 1;
      if (at < order.length) continue;
    }
    failures.delete(upstream.address);
    world.memory.set(downKey(key, upstream.address), false);
    noteDown(key, failures, world);
    return { outcome: answer, trace };
  }
  noteDown(key, failures, world);
  return { outcome: unwritten('SERVFAIL', error), trace: [...trace, dnsHop(rule, `gives up: ${error}`)] };
}

const downKey = (key: string, address: string): string => `${key}/down/${address}`;

/** Remembers the upstreams that did not answer: health checks go on until they do. */
function noteDown(key: string, failures: ReadonlyMap<string, number>, world: DnsWorld): void {
  for (const address of failures.keys()) world.memory.set(downKey(key, address), true);
}

/** Whether an upstream was found dead, now or before, and its health checks have not found it alive since. */
function isDown(
  config: ForwardConfig,
  key: string,
  upstream: Upstream,
  failed: number,
  world: DnsWorld,
): boolean {
  if (config.maxFails === 0) return false;
  if (failed > config.maxFails) return true;
  if (failed > 0 || world.memory.get(downKey(key, upstream.address)) !== true) return false;
  const probe = exchange(world, config, upstream, { name: '.', type: 'NS' });
  if (probe.answer !== undefined) world.memory.set(downKey(key, upstream.address), false);
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
