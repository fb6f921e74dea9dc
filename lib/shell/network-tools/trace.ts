import type { Hop, Vantage } from '../../api';
import { parseFlags, type Tool, ToolError } from '../process';
import { exchange, type Outcome, parseUrl } from './http-request';

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

/** trace URL: sends one request and tells every decision on its way. */
export const trace: Tool = async (context) => {
  const flags = parseFlags(context.args, 'm:|max-time f:|from h|help');
  const [typed] = flags.rest;
  if (typed === undefined || flags.has('h')) {
    await context.out(
      'Usage: trace [-m SECONDS] [-f PLACE] URL\nSends one HTTP request and prints every hop: name server, chains of rules, endpoint, policy, container.\nPLACE is pod/NAME, pod/NAME.NAMESPACE, node/NAME, office or internet; this machine when not given.\n',
    );
    return typed === undefined && !flags.has('h') ? 2 : 0;
  }
  const url = parseUrl(typed);
  if (url === undefined || url === 'unsupported') throw new ToolError(`not an http address: ${typed}`, 2);
  const limit = Number(flags.value('m') ?? 5) * 1000;
  const place = flags.value('f');
  if (place !== undefined && context.machine.kind === 'container')
    throw new ToolError('a container sends from its own place only', 2);
  const from =
    place === undefined
      ? context
      : { ...context, machine: { ...context.machine, vantage: vantageOf(place) } };
  const done = await exchange(from, {
    url,
    method: 'GET',
    headers: { Accept: '*/*' },
    body: '',
    connectTimeoutMs: limit,
    totalTimeoutMs: limit,
  });
  let out = `${url.scheme}://${url.host}:${url.port}${url.path} from ${place ?? context.machine.hostname}\n`;
  for (const [index, hop] of done.trace.entries()) out += hopText(hop, index + 1);
  await context.out(`${out}${verdict(done.outcome, done.elapsedMs)}\n`);
  return done.outcome.kind === 'answered' ? 0 : 1;
};
