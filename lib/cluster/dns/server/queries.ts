import type { Delivery, DnsAnswer, DnsQuery, Hop, Traced } from '../../../api';
import type { ProcessEnv } from '../../seams';
import { type DnsResult, dnsHop, emptyAnswer } from '../plugin';
import { answerQuery, type Surroundings } from './answer-query';
import { type CoreDnsState, loadedOf, openMemory } from './state';

/** A query as it arrives at a socket. */
export interface ArrivedQuery {
  readonly query: DnsQuery;
  readonly port: number;
  readonly protocol: 'UDP' | 'TCP';
  readonly sourceIP: string;
}

/** What a process does with a query: its next state, the answer (none for silence), its log, and how long it took. */
export interface Answered {
  readonly state: CoreDnsState;
  readonly answer: DnsAnswer | undefined;
  readonly log: readonly string[];
  readonly latencyMs: number;
  readonly trace: readonly Hop[];
}

/** CoreDNS' own work on a query. */
const WORK_MS = 1;
const FIRST_PORT = 32_768;
const PORTS = 28_232;

/** Answers a query. */
export function answerArrived(state: CoreDnsState, arrived: ArrivedQuery, env: ProcessEnv): Answered {
  const { query, port } = arrived;
  if (state.loop !== undefined && query.type === 'HINFO' && sameName(query.name, state.loop.name))
    return { ...refusal(state), trace: [seenAgain(arrived, env)] };
  const loaded = loadedOf(state);
  const around = surround(state, arrived, env);
  const { outcome, trace } = answerQuery(loaded, port, query, around.world);
  countQuery(state, arrived, outcome, trace, around.world.count);
  return {
    state: { ...state, memory: around.memory(), counters: around.counters() },
    answer: outcome.silent ? undefined : plain(outcome),
    log: around.log,
    latencyMs: WORK_MS + around.spent(),
    trace,
  };
}

const sameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

function refusal(state: CoreDnsState): Answered {
  return { state, answer: emptyAnswer('SERVFAIL'), log: [], latencyMs: WORK_MS, trace: [] };
}

/** The mark by which a server knows its own question again. */
const LOOP_EFFECT = 'the server’s own question has come back to it';

function seenAgain({ sourceIP }: ArrivedQuery, env: ProcessEnv): Hop {
  return dnsHop(`loop ${env.podName}`, LOOP_EFFECT, undefined, sourceIP);
}

/** The address that a server's own question came back from, when it did. */
export function loopSource(trace: readonly Hop[], podName: string): string | undefined {
  return trace.find(({ rule, effect }) => rule === `loop ${podName}` && effect === LOOP_EFFECT)?.detail;
}

/** The answer without what only plugins need to know. */
function plain({ unwritten: _, error: __, silent: ___, ...answer }: DnsResult): DnsAnswer {
  return answer;
}

/** The world around one query, and what the query leaves behind in it. */
function surround(state: CoreDnsState, { protocol, sourceIP }: ArrivedQuery, env: ProcessEnv) {
  const memory = openMemory(state.memory);
  const log: string[] = [];
  let counters: Record<string, number> | undefined;
  let spent = 0;
  const drawn: { port?: number; id?: number } = {};
  const client = {
    ip: sourceIP,
    // Drawn when somebody wants to know: logs, errors, whoami.
    get port() {
      drawn.port ??= FIRST_PORT + Math.floor(env.random.next() * PORTS);
      return drawn.port;
    },
    get id() {
      drawn.id ??= Math.floor(env.random.next() * 65_536);
      return drawn.id;
    },
  };
  const world: Surroundings = {
    view: env.view ?? NOTHING,
    now: env.now,
    random: env.random,
    client,
    protocol,
    localIPs: [env.podIP],
    hostname: env.hostname,
    synced: state.synced,
    memory,
    readFile: (path) => env.readFile(path),
    exchange: (to, over, query): Traced<Delivery> => env.send(to.ip, to.port, { kind: 'dns', query }, over),
    log: (line) => void log.push(line),
    wait(ms) {
      spent += ms;
    },
    spent: () => spent,
    count(metric, labels = {}) {
      // Copied once for each query that counts anything.
      counters ??= { ...state.counters };
      const key = seriesOf(metric, labels);
      counters[key] = (counters[key] ?? 0) + 1;
    },
  };
  return {
    world,
    log,
    memory: () => memory.contents,
    counters: () => counters ?? state.counters,
    spent: () => spent,
  };
}

/** A cluster without objects, for a process outside of any. */
const NOTHING = { revision: 0, get: () => undefined, list: () => [] };

/** A metric with its labels, as Prometheus names a series. */
function seriesOf(metric: string, labels: Readonly<Record<string, string>>): string {
  const told = Object.entries(labels)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}="${value}"`)
    .join(',');
  return told === '' ? metric : `${metric}{${told}}`;
}

/** Plugins that write answers themselves, as the response metric names them. */
const WRITERS = [
  'kubernetes',
  'hosts',
  'forward',
  'template',
  'cache',
  'rewrite',
  'any',
  'chaos',
  'whoami',
  'local',
  'acl',
];
/** Types that the request metric tells apart (`metrics/vars/monitor.go`). */
const TOLD_TYPES = 'AAAA A CNAME DNSKEY DS MX NSEC3 NSEC NS PTR RRSIG SOA SRV TXT HTTPS IXFR AXFR ANY'.split(
  ' ',
);

function countQuery(
  state: CoreDnsState,
  { query, port, protocol, sourceIP }: ArrivedQuery,
  outcome: DnsResult,
  trace: readonly Hop[],
  count: Surroundings['count'],
): void {
  const server = `dns://:${port}`;
  const zone = '.';
  const view = '';
  const measured = loadedOf(state).blocks.some(({ settings }) => settings.metricsAddress !== undefined);
  if (!measured) return;
  const writer =
    trace.map(({ rule }) => rule.split(' ')[0] ?? '').find((name) => WRITERS.includes(name)) ?? '';
  const family = sourceIP.includes(':') ? '2' : '1';
  const type = TOLD_TYPES.includes(query.type) ? query.type : 'other';
  count('dns_requests_total', { family, proto: protocol.toLowerCase(), server, type, view, zone });
  const plugin = outcome.unwritten ? '' : writer;
  count('dns_responses_total', { plugin, rcode: outcome.code, server, view, zone });
}
