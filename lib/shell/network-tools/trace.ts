import type { Hop, Vantage } from '../../api';
import { type Flags, parseFlags, type Tool, type ToolContext, ToolError } from '../process';
import { resolvedTo } from './curl-https';
import { exchange, isAddress, type Outcome, parseUrl } from './http-request';

function verdict(outcome: Outcome, elapsedMs: number): string {
  const ms = `${Math.round(elapsedMs)} ms`;
  switch (outcome.kind) {
    case 'answered':
      return `answered ${outcome.reply.status} ${outcome.reply.reason} in ${ms}; the server saw ${outcome.sourceIp} as its client`;
    case 'unresolved':
      return 'stopped: the name has no address';
    case 'refused':
      return `refused after ${ms}: nobody listens, or a Service without endpoints rejected it`;
    case 'unreachable':
      return `stopped: no route to the ${outcome.why}`;
    case 'connect-timeout':
      return `silence: nothing came back in ${ms}`;
    case 'read-timeout':
      return `connected, but no answer in ${ms}`;
    case 'untrusted':
      return `connected, then hung up: ${outcome.problem.text}`;
    case 'closed':
      return `connected, then closed (${outcome.why})`;
    default:
      return 'connected, but the answer was not HTTP';
  }
}

function hopText(hop: Hop, number: number): string {
  const object =
    hop.object === undefined
      ? ''
      : `\n      ${hop.object.resource}/${hop.object.name}${hop.object.namespace === '' ? '' : ` in ${hop.object.namespace}`}${hop.object.field === undefined ? '' : `: ${hop.object.field}`}`;
  const detail = hop.detail === undefined ? '' : `\n      ${hop.detail}`;
  return `${String(number).padStart(3)}  ${hop.at}\n      ${hop.rule}\n      → ${hop.effect}${detail}${object}\n`;
}

/** "pod/web", "pod/web.shop" (of namespace shop), "node/worker-1", "office", "internet". */
function vantageOf(typed: string): Vantage {
  if (typed === 'office' || typed === 'internet') return { kind: typed };
  const [kind = '', name = ''] = typed.split('/');
  if (kind === 'node' && name !== '') return { kind: 'node', name };
  const [pod = '', namespace = 'default'] = name.split('.');
  if (kind === 'pod' && pod !== '') return { kind: 'pod', namespace, name: pod };
  throw new ToolError(`not a place: ${typed} (pod/NAME, pod/NAME.NAMESPACE, node/NAME, office, internet)`, 2);
}

const USAGE = `Usage: trace [-m SECONDS] [-f PLACE] [-H HEADER] [--resolve HOST:PORT:IP] TARGET
Sends one request and prints every decision on its way: search list, name server, chains of rules, endpoint and its odds,
policy, node, listener, each with the object and the field behind it.
TARGET is a URL, tcp://HOST:PORT for a connection alone, or dns:NAME for the name's address.
PLACE is pod/NAME, pod/NAME.NAMESPACE, node/NAME, office or internet; this machine when not given.
`;

/** trace TARGET: sends one request and tells every decision on its way. */
export const trace: Tool = async (context) => {
  const flags = parseFlags(context.args, 'm:|max-time f:|from H:|header resolve: h|help');
  const [typed] = flags.rest;
  if (typed === undefined || flags.has('h')) {
    await context.out(USAGE);
    return typed === undefined && !flags.has('h') ? 2 : 0;
  }
  const place = flags.value('f');
  if (place !== undefined && context.machine.kind === 'container')
    throw new ToolError('a container sends from its own place only', 2);
  const from =
    place === undefined
      ? context
      : { ...context, machine: { ...context.machine, vantage: vantageOf(place) } };
  const told = await travel(from, flags, typed);
  let out = `${told.what} from ${place ?? context.machine.hostname}\n`;
  for (const [index, hop] of told.hops.entries()) out += hopText(hop, index + 1);
  await context.out(`${out}${told.verdict}\n`);
  return told.reached ? 0 : 1;
};

/** How a request fared: each hop, and the end of it. */
interface Told {
  readonly what: string;
  readonly hops: readonly Hop[];
  readonly verdict: string;
  readonly reached: boolean;
}

async function travel(context: ToolContext, flags: Flags, typed: string): Promise<Told> {
  const [, name] = /^dns:(?:\/\/)?(.+)$/.exec(typed) ?? [];
  if (name !== undefined) return resolveName(context, name);
  const [, host, port] = /^tcp:\/\/([^/:]+):(\d+)$/.exec(typed) ?? [];
  if (host !== undefined) return knock(context, host, Number(port));
  return request(context, flags, typed);
}

async function resolveName(context: ToolContext, name: string): Promise<Told> {
  const { outcome, trace: hops } = context.world.network.lookup(context.machine.vantage, name);
  await context.sleep(outcome.latencyMs);
  const { addresses, canonicalName = name, error } = outcome;
  const verdict =
    addresses.length > 0
      ? `${canonicalName} is ${addresses.join(', ')}`
      : error === 'no-server'
        ? 'stopped: no name server answers'
        : 'stopped: the name has no address';
  return { what: `address of ${name}`, hops, verdict, reached: addresses.length > 0 };
}

/** Opens a connection and says nothing. */
async function knock(context: ToolContext, host: string, port: number): Promise<Told> {
  const { network } = context.world;
  const found = network.lookup(context.machine.vantage, host);
  const what = `tcp://${host}:${port}`;
  const [ip] = found.outcome.addresses;
  if (ip === undefined)
    return { what, hops: found.trace, verdict: 'stopped: the name has no address', reached: false };
  const sent = network.send({
    from: context.machine.vantage,
    to: { ip, port },
    protocol: 'TCP',
    request: { kind: 'connect' },
  });
  const { outcome } = sent;
  const verdicts = {
    delivered:
      outcome.kind === 'delivered' ? `connected; the server saw ${outcome.sourceSeen} as its client` : '',
    refused: 'refused: nobody listens, or a Service without endpoints rejected it',
    unreachable: 'stopped: no route to the host',
    dropped: 'silence: nothing came back',
  };
  const hops = isAddress(host) ? sent.trace : [...found.trace, ...sent.trace];
  return { what, hops, verdict: verdicts[outcome.kind], reached: outcome.kind === 'delivered' };
}

async function request(context: ToolContext, flags: Flags, typed: string): Promise<Told> {
  const url = parseUrl(typed);
  if (url === undefined || url === 'unsupported') throw new ToolError(`not an http address: ${typed}`, 2);
  const limit = Number(flags.value('m') ?? 5) * 1000;
  const given = flags.values('H').map((text) => {
    const cut = text.indexOf(':');
    return [text.slice(0, cut).trim(), text.slice(cut + 1).trim()] as const;
  });
  const isHost = (name: string) => name.toLowerCase() === 'host';
  const done = await exchange(context, {
    url,
    method: 'GET',
    headers: { Accept: '*/*', ...Object.fromEntries(given.filter(([name]) => !isHost(name))) },
    body: '',
    connectTimeoutMs: limit,
    totalTimeoutMs: limit,
    hostHeader: given.find(([name]) => isHost(name))?.[1],
    addresses: resolvedTo(flags, url),
  });
  return {
    what: `${url.scheme}://${url.host}:${url.port}${url.path}`,
    hops: done.trace,
    verdict: verdict(done.outcome, done.elapsedMs),
    reached: done.outcome.kind === 'answered',
  };
}
