import type {
  Behaviour,
  ExchangeDefinition,
  HttpAnswer,
  ImageDefinition,
  ListenerDefinition,
  Reply,
} from '../../../api';
import { httpDate } from '../../../base';
import type { Incoming, ProcessEnv } from '../../seams';
import {
  byteLength,
  goText,
  type HttpReply,
  type HttpRequest,
  reasonOf,
  servePlainHttp,
  serveTls,
} from '../http';
import type { Served } from '../program';
import { splitPath } from '../programs/web-server';
import { type Called, makeCalls, someFailed, timeOf } from './call';
import { faultFor } from './faults';
import type { DefinedState } from './state';
import { fill, type Occasion } from './words';

/** How long one waits who is never answered. */
const HANG_MS = 3_600_000;
/** What answering takes beside what it is told to take. */
const OWN_MS = 1;

/** The port of a listener under an environment; NaN where its template gives none. */
export function portOf({ port }: ListenerDefinition, env: ProcessEnv): number {
  const number = typeof port === 'number' ? port : Number(fill(port, env));
  return Number.isInteger(number) && number > 0 && number < 65_536 ? number : Number.NaN;
}

/** Answers one request as the definition says. */
export function serveDefined(
  definition: ImageDefinition,
  state: DefinedState,
  incoming: Incoming,
  env: ProcessEnv,
): Served<DefinedState> {
  const wanted = incoming.protocol === 'UDP' ? 'udp' : undefined;
  const index = definition.listeners.findIndex(
    (each) => portOf(each, env) === incoming.port && (each.protocol === 'udp') === (wanted === 'udp'),
  );
  const listener = definition.listeners[index];
  if (listener === undefined) return { state, reply: { kind: 'closed', why: 'reset' } };
  const handle = (request: HttpRequest) => answerHttp(listener, index, request, { state, incoming, env });
  switch (listener.protocol) {
    case 'http':
      return servePlainHttp(state, incoming, handle);
    case 'https':
      return serveTls(
        state,
        incoming,
        goText(env.now, 400, 'Client sent an HTTP request to an HTTPS server.\n'),
        handle,
      );
    default:
      return answerText(listener, index, { state, incoming, env });
  }
}

interface Situation {
  readonly state: DefinedState;
  readonly incoming: Incoming;
  readonly env: ProcessEnv;
}

function answerHttp(
  listener: ListenerDefinition,
  index: number,
  request: HttpRequest,
  situation: Situation,
): Served<DefinedState> {
  const { env, incoming, state } = situation;
  const { path } = splitPath(request.path);
  const at = listener.routes.findIndex(
    (route) => matches(route.path, path) && (route.method === undefined || route.method === request.method),
  );
  const route = listener.routes[at];
  const log = (status: number): readonly string[] =>
    listener.accessLog === undefined ? [] : [fill(listener.accessLog, env, { incoming, status })];
  if (route === undefined) {
    const otherMethod = listener.routes.some((each) => matches(each.path, path));
    const reply = otherMethod
      ? goText(env.now, 405, 'Method Not Allowed\n')
      : goText(env.now, 404, '404 page not found\n');
    return { state, reply, latencyMs: OWN_MS, log: log(reply.status) };
  }
  const behaved = behave(route, `${index}/${at}`, situation, {
    answer: (occasion, failed) => httpReply(failed ? route.failure : route.reply, env, occasion),
    instead: (answer, occasion) => httpReply(answer, env, occasion),
  });
  const { reply } = behaved;
  return { ...behaved, log: [...(behaved.log ?? []), ...(reply.kind === 'http' ? log(reply.status) : [])] };
}

function matches(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : pattern === path;
}

function httpReply({ status, headers, body }: HttpAnswer, env: ProcessEnv, occasion: Occasion): HttpReply {
  const text = fill(body, env, occasion);
  const own = Object.entries(headers).map(([name, value]) => [name, fill(value, env, occasion)] as const);
  const has = (wanted: string) => own.some(([name]) => name.toLowerCase() === wanted);
  return {
    kind: 'http',
    status,
    reason: reasonOf(status),
    headers: [
      ...own,
      ['Date', httpDate(env.now)],
      ['Content-Length', String(byteLength(text))],
      ...(has('content-type') ? [] : ([['Content-Type', typeOf(text)]] as const)),
    ],
    body: text,
  };
}

/** As Go's http.DetectContentType guesses, of the few kinds that texts are. */
const typeOf = (text: string): string =>
  /^\s*<(!doctype html|html|head|body|h1|p|div|table|title)\b/i.test(text)
    ? 'text/html; charset=utf-8'
    : 'text/plain; charset=utf-8';

function answerText(listener: ListenerDefinition, index: number, situation: Situation): Served<DefinedState> {
  const { state, incoming } = situation;
  const { request } = incoming;
  if (request.kind === 'connect') return { state, reply: { kind: 'connected' } };
  if (request.kind !== 'bytes') return { state, reply: { kind: 'closed', why: 'empty-reply' } };
  const at = listener.exchanges.findIndex(({ match }) => new RegExp(match).test(request.text));
  const exchange: ExchangeDefinition | undefined = listener.exchanges[at];
  if (exchange === undefined) return { state, reply: { kind: 'closed', why: 'empty-reply' } };
  const bytes = (text: string): Reply => ({ kind: 'bytes', text });
  return behave(exchange, `${index}/${at}`, situation, {
    answer: (occasion, failed) =>
      bytes(fill(failed ? exchange.failure : exchange.reply, situation.env, occasion)),
    instead: (answer, occasion) => bytes(fill(answer.body, situation.env, occasion)),
  });
}

interface Answers {
  answer(occasion: Occasion, failed: boolean): Reply;
  /** What a fault replies in its place. */
  instead(answer: HttpAnswer, occasion: Occasion): Reply;
}

function behave(
  behaviour: Behaviour,
  key: string,
  { state, incoming, env }: Situation,
  answers: Answers,
): Served<DefinedState> {
  const count = (state.counts[key] ?? 0) + 1;
  const fault = faultFor(behaviour.faults, count, env);
  const memoryBytes = state.memoryBytes + (fault?.leakBytes ?? 0);
  const next: DefinedState = { ...state, counts: { ...state.counts, [key]: count }, memoryBytes };
  const after = {
    state: next,
    ...(fault?.leakBytes === undefined ? {} : { memoryBytes }),
    ...(fault?.exit === undefined ? {} : { exitCode: fault.exit }),
  };
  const delayMs = OWN_MS + behaviour.delayMs + (fault?.delayMs ?? 0);
  if (fault?.connection === 'hang')
    return { ...after, reply: { kind: 'closed', why: 'empty-reply' }, latencyMs: HANG_MS };
  if (fault?.connection !== undefined)
    return {
      ...after,
      reply: { kind: 'closed', why: fault.connection === 'reset' ? 'reset' : 'empty-reply' },
      latencyMs: delayMs,
    };
  const calls: readonly Called[] =
    fault?.reply === undefined ? makeCalls(behaviour.calls, env, { incoming, count }) : [];
  const occasion: Occasion = { incoming, count, calls };
  const failed = someFailed(calls);
  const reply =
    fault?.reply === undefined ? answers.answer(occasion, failed) : answers.instead(fault.reply, occasion);
  const complaints = calls.flatMap(({ ok, name, to, error }) => (ok ? [] : [`${name}: ${to}: ${error}`]));
  return {
    ...after,
    reply,
    latencyMs: delayMs + timeOf(calls),
    log: [...behaviour.log.map((line) => fill(line, env, occasion)), ...complaints],
  };
}
