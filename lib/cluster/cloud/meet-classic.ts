import type { Delivery, Hop, Reply, Request } from '../../api';
import type { Meeting } from '../network';
import { type AtBalancer, hopAt, lost } from './at-balancer';
import { chosenHop, inReach, noTargetHop } from './choose-target';
import { endTls, type Heard, hearPlainly, overSession } from './end-tls';
import { allows } from './source-ranges';
import { keepBalancer, type Listener } from './state';

/** What a classic balancer says when it has nobody to ask, when it gets no answer in time, and when it is hung up on. */
const UNAVAILABLE = page(503, 'Service Unavailable: Back-end server is at capacity');
const TIMEOUT = page(504, 'GATEWAY_TIMEOUT');
const BAD_GATEWAY = page(502, 'Bad Gateway');

function page(status: number, reason: string): Reply {
  const headers = [
    ['Content-Length', '0'],
    ['Connection', 'keep-alive'],
  ] as const;
  return { kind: 'http', status, reason, headers, body: '' };
}

type Spoken = Extract<Heard, { readonly request: Request }>;

const isHttp = ({ protocol }: Listener): boolean => protocol === 'http' || protocol === 'https';
const isSecure = (protocol: string): boolean => protocol === 'ssl' || protocol === 'https';

/** A connection to a classic balancer: it answers itself, and makes one of its own to an instance. */
export function meetClassic(at: AtBalancer): Meeting {
  const { balancer, arrival, source } = at;
  const { port, protocol, request } = arrival;
  const listener = balancer.listeners.find((each) => each.port === port);
  if (listener === undefined || protocol !== 'TCP')
    return lost(
      at,
      { rule: `no listener on ${port}/${protocol}`, effect: 'its security group drops the packet' },
      'spec.ports',
    );
  if (!allows(balancer.sourceRanges, source))
    return lost(
      at,
      {
        rule: `security group ${balancer.securityGroups[0]} allows ${port} from ${balancer.sourceRanges.join(', ')}`,
        effect: `drops the packet: ${source} is not among them`,
      },
      'spec.loadBalancerSourceRanges',
    );
  const took = hopAt(
    at,
    {
      rule: `listener ${listener.protocol}:${port} → ${listener.instanceProtocol}:${listener.nodePort}`,
      effect: `takes the connection of ${source}`,
    },
    'spec.ports[].nodePort',
  );
  const hops = [...at.hops, took];
  const spoken = isSecure(listener.protocol)
    ? endTls(listener, request, isSecure(listener.instanceProtocol), at.world.clock.now())
    : isHttp(listener)
      ? hearPlainly(request)
      : { request };
  if ('reply' in spoken) {
    const rule = `listener ${listener.protocol}`;
    return answered(at, spoken.reply, [
      ...hops,
      hopAt(at, { rule, effect: 'goes no further: both do not agree on TLS' }),
    ]);
  }
  return toInstance({ ...at, hops }, listener, spoken);
}

function toInstance(at: AtBalancer, listener: Listener, { request, session }: Spoken): Meeting {
  const { world, balancer, face } = at;
  const [group] = balancer.groups;
  const healthy =
    group === undefined ? [] : inReach(at, group).filter(({ target }) => target.state === 'healthy');
  const chosen = healthy[balancer.turn % Math.max(1, healthy.length)];
  if (group === undefined || chosen === undefined) {
    const effect = isHttp(listener) ? 'answers 503 itself' : 'closes the connection';
    const hops = group === undefined ? at.hops : [...at.hops, noTargetHop(at, group, effect)];
    return answered(at, nobody(listener, request), hops);
  }
  keepBalancer(world.book, { ...balancer, turn: balancer.turn + 1 });
  const { privateIp } = face;
  const own = hopAt(at, {
    rule: `a connection of its own, from ${privateIp}`,
    effect: `asks ${chosen.instance.id} on ${listener.nodePort}`,
    detail: isHttp(listener)
      ? 'the client’s address goes with it as X-Forwarded-For'
      : 'the instance sees the balancer’s address',
  });
  return {
    kind: 'passed-on',
    to: {
      node: chosen.instance.node,
      source: privateIp,
      port: listener.nodePort,
      protocol: 'TCP',
      request: onward(at, listener, request),
    },
    hops: [...at.hops, chosenHop(at, chosen, healthy.length, 'in turn'), own],
    answer(outcome) {
      const { delivery, hops: told } = passedBack(at, listener, request, outcome);
      return { delivery: overSession(delivery, session), hops: told };
    },
  };
}

/** What the instance is asked: HTTP listeners add who asked. */
function onward({ source, arrival }: AtBalancer, listener: Listener, request: Request): Request {
  if (request.kind !== 'http') return request;
  if (!isHttp(listener)) return request;
  return {
    ...request,
    headers: {
      ...request.headers,
      'X-Forwarded-For': source,
      'X-Forwarded-Port': String(arrival.port),
      'X-Forwarded-Proto': listener.protocol,
    },
  };
}

function nobody(listener: Listener, request: Request): Reply {
  if (request.kind === 'connect') return { kind: 'connected' };
  return isHttp(listener) ? UNAVAILABLE : { kind: 'closed', why: 'empty-reply' };
}

/** What the client gets of what came of the balancer's own connection: its own is up already. */
function passedBack(
  at: AtBalancer,
  listener: Listener,
  request: Request,
  outcome: Delivery,
): ReturnType<Back> {
  const { balancer } = at;
  const latencyMs =
    outcome.kind === 'dropped' ? balancer.attributes.idleTimeoutSeconds * 1000 : outcome.latencyMs;
  const say = (reply: Reply, why: string): ReturnType<Back> => ({
    delivery: delivered(at, reply, latencyMs),
    hops: [hopAt(at, { rule: why, effect: told(reply) })],
  });
  if (outcome.kind === 'delivered') {
    const hungUp = outcome.reply.kind === 'closed' && isHttp(listener);
    return hungUp ? say(BAD_GATEWAY, 'the instance closed the connection') : { delivery: outcome, hops: [] };
  }
  if (request.kind === 'connect') return say({ kind: 'connected' }, 'the client’s own connection is up');
  if (!isHttp(listener)) return say({ kind: 'closed', why: 'empty-reply' }, 'the instance can’t be reached');
  return outcome.kind === 'dropped'
    ? say(TIMEOUT, `the instance said nothing in ${latencyMs / 1000} s`)
    : say(UNAVAILABLE, 'the instance refused');
}

type Back = Extract<Meeting, { kind: 'passed-on' }>['answer'];

function told(reply: Reply): string {
  if (reply.kind === 'http') return `answers ${reply.status} itself`;
  return reply.kind === 'connected' ? 'stays connected' : 'closes the connection';
}

function delivered({ arrival, source }: AtBalancer, reply: Reply, latencyMs: number): Delivery {
  const { ip, port } = arrival;
  return { kind: 'delivered', reply, server: { ip, port }, sourceSeen: source, latencyMs };
}

function answered(at: AtBalancer, reply: Reply, hops: readonly Hop[]): Meeting {
  return { kind: 'answered', delivery: delivered(at, reply, 0), hops };
}
