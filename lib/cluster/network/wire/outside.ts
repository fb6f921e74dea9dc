import type { Delivery, Reply, Request } from '../../../api';
import { OUTSIDE_NAMES, outsideAnswer } from '../../dns';
import { visitSite } from '../../outside';
import { inRange } from '../addresses';
import type { Flow } from '../kernel/interpret';
import { OFFICE_PUBLIC_IP, OFFICE_RANGE, ROUTER_IP } from '../options';
import { DROPPED, echoed, OUTSIDE_MS, refused, type Trip, tell } from './trip';

/** Name servers that the world outside has; the public ones speak over TLS too. */
const RESOLVERS: readonly string[] = [ROUTER_IP, '8.8.8.8', '8.8.4.4', '1.1.1.1', '1.0.0.1', '9.9.9.9'];
const DNS_PORTS: readonly number[] = [53, 853];

/** Ports that hosts outside listen on: the web's, a database's where the name says so, and one machine's ssh. */
function portsOf(name: string): readonly number[] {
  if (name.startsWith('vantage.')) return [22];
  return /rds\.amazonaws|database/.test(name) ? [3306, 5432] : [80, 443];
}

/** Hands a packet to the world outside: resolvers and the few hosts that exist there. */
export function deliverOutside(trip: Trip, inner: Flow): Delivery {
  trip.latencyMs += OUTSIDE_MS;
  if (inner.protocol === 'ICMP') return echoed(trip, inner);
  if (inner.ip === ROUTER_IP) return resolver(trip, inner);
  const flow = throughRouter(trip, inner);
  if (RESOLVERS.includes(flow.ip)) return resolver(trip, flow);
  const name = Object.entries(OUTSIDE_NAMES).find(([, { a }]) => a?.includes(flow.ip))?.[0];
  if (name === undefined) {
    tell(trip, { at: 'outside', rule: `no host answers at ${flow.ip}`, effect: 'the packet is lost' });
    return DROPPED;
  }
  if (flow.protocol !== 'TCP' || !portsOf(name).includes(flow.port)) {
    tell(trip, {
      at: 'outside',
      rule: `${name} has no port ${flow.port}`,
      effect: 'its firewall drops the packet',
    });
    return DROPPED;
  }
  const visit = { secure: flow.port === 443, clientIP: flow.source, now: trip.options.clock.now() };
  return delivered(trip, flow, name, visitSite(siteAt(flow.ip, trip.request), trip.request, visit));
}

/** Private addresses mean nothing outside: the office's router puts its own in their place. */
function throughRouter(trip: Trip, flow: Flow): Flow {
  if (!inRange(flow.source, OFFICE_RANGE)) return flow;
  tell(trip, {
    at: trip.options.cloud === undefined ? 'office router' : 'NAT gateway',
    rule: 'masquerades what goes to the internet',
    effect: `rewrites the source ${flow.source} to ${OFFICE_PUBLIC_IP}`,
  });
  return { ...flow, source: OFFICE_PUBLIC_IP };
}

/** The host at an address that a request is for: the one that it names, if that is there, else the first. */
function siteAt(ip: string, request: Request): string {
  const here = Object.entries(OUTSIDE_NAMES).flatMap(([name, { a }]) =>
    a?.includes(ip) ? name.replace(/\.$/, '') : [],
  );
  const asked = request.kind === 'http' ? request.host.replace(/:\d+$/, '').toLowerCase() : '';
  return here.find((name) => name === asked) ?? here[0] ?? '';
}

function resolver(trip: Trip, flow: Flow): Delivery {
  if (trip.request.kind === 'dns' && DNS_PORTS.includes(flow.port)) {
    const { outcome, trace } = outsideAnswer(trip.request.query, trip.options.cloud?.names());
    trip.hops.push(...trace);
    return delivered(trip, flow, 'resolver', { kind: 'dns', answer: outcome });
  }
  return refused(trip);
}

function delivered(trip: Trip, flow: Flow, name: string, reply: Reply): Delivery {
  tell(trip, {
    at: 'outside',
    rule: `${name} at ${flow.ip}`,
    effect: `answers, seeing the client as ${flow.source}`,
  });
  const { ip, port, source } = flow;
  return { kind: 'delivered', reply, server: { ip, port }, sourceSeen: source, latencyMs: trip.latencyMs };
}
