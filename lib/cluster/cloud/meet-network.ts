import type { Delivery, Reply, Request } from '../../api';
import type { Meeting } from '../network';
import { type AtBalancer, hopAt, lost } from './at-balancer';
import { type Candidate, chosenHop, inReach, noTargetHop } from './choose-target';
import { endTls, type Heard, overSession } from './end-tls';
import { allows } from './source-ranges';
import type { Listener, TargetGroup } from './state';

type Spoken = Extract<Heard, { readonly request: Request }>;

/** A packet at a network balancer: it goes on to a target as it is, but for its destination. */
export function meetNetwork(at: AtBalancer): Meeting {
  const { balancer, arrival } = at;
  const { port, protocol, request } = arrival;
  const listener = balancer.listeners.find(
    (each) => each.port === port && (each.protocol === 'UDP') === (protocol === 'UDP'),
  );
  const group = balancer.groups.find(({ name }) => name === listener?.group);
  if (listener === undefined || group === undefined)
    return lost(
      at,
      { rule: `no listener on ${port}/${protocol}`, effect: 'the packet is lost' },
      'spec.ports',
    );
  const took = hopAt(
    at,
    {
      rule: `listener ${listener.protocol}:${port} → target group ${group.name} (${group.protocol}:${group.port})`,
      effect: 'takes it',
    },
    'spec.ports[].nodePort',
  );
  const hops = [...at.hops, took];
  const spoken: Heard =
    listener.protocol === 'TLS'
      ? endTls(listener, request, listener.instanceProtocol === 'TLS', at.world.clock.now())
      : { request };
  if ('reply' in spoken) {
    const closed = hopAt(at, { rule: 'listener TLS', effect: 'goes no further: both do not agree on TLS' });
    return { kind: 'answered', delivery: said(at, spoken.reply), hops: [...hops, closed] };
  }
  return toTarget({ ...at, hops }, listener, group, spoken);
}

/** The targets of a group that traffic may go to: the healthy ones, or where no target is healthy all (it "fails open"). */
function open(at: AtBalancer, group: TargetGroup): readonly Candidate[] {
  const near = inReach(at, group);
  const all = Object.values(group.targets);
  const failsOpen =
    all.some(({ state }) => state === 'unhealthy') && all.every(({ state }) => state !== 'healthy');
  return near.filter(
    ({ target }) => target.state === 'healthy' || (failsOpen && target.state === 'unhealthy'),
  );
}

function toTarget(
  at: AtBalancer,
  listener: Listener,
  group: TargetGroup,
  { request, session }: Spoken,
): Meeting {
  const { world, balancer, face, source } = at;
  const candidates = open(at, group);
  const chosen = candidates[Math.floor(world.random.next() * candidates.length)];
  if (chosen === undefined)
    return { kind: 'lost', hops: [...at.hops, noTargetHop(at, group, 'the packet is lost')] };
  const failsOpen = chosen.target.state !== 'healthy';
  const how = failsOpen
    ? 'though it is unhealthy: no target is healthy, and the balancer fails open'
    : 'by hash of the connection';
  const hops = [...at.hops, chosenHop(at, chosen, candidates.length, how)];
  const keeps = balancer.attributes.preserveClientIp;
  const seen = keeps ? source : face.privateIp;
  const { instance } = chosen;
  const address = hopAt(at, {
    rule: `preserve_client_ip.enabled=${keeps}`,
    effect: keeps ? `keeps the client’s address ${source}` : `rewrites the source to ${face.privateIp}`,
  });
  const blocked = keeps ? whyNot(at, group, instance.privateIp) : undefined;
  if (blocked !== undefined) return { kind: 'lost', hops: [...hops, address, blocked] };
  return {
    kind: 'passed-on',
    to: {
      node: instance.node,
      source: seen,
      port: group.port,
      protocol: listener.protocol === 'UDP' ? 'UDP' : 'TCP',
      request,
    },
    hops: [...hops, address],
    answer: (outcome) => ({
      delivery: listener.protocol === 'TLS' ? overSession(overTls(at, outcome), session) : outcome,
      hops: [],
    }),
  };
}

/** Why an instance does not take a packet with the client's own address: its security group, or that it sent it itself. */
function whyNot(at: AtBalancer, { port }: TargetGroup, instance: string) {
  const { balancer, source } = at;
  if (source === instance)
    return hopAt(at, {
      rule: 'a target that is its own client',
      effect: 'the packet is lost: its source would be the instance itself',
    });
  if (allows(balancer.sourceRanges, source)) return undefined;
  return hopAt(
    at,
    {
      rule: `the instances' security group allows ${port} from ${balancer.sourceRanges.join(', ')}`,
      effect: `drops the packet: ${source} is not among them`,
    },
    'spec.loadBalancerSourceRanges',
  );
}

/** A client whose TLS ends at the balancer is connected, whatever becomes of the rest. */
function overTls(at: AtBalancer, outcome: Delivery): Delivery {
  return outcome.kind === 'refused' || outcome.kind === 'unreachable'
    ? said(at, { kind: 'closed', why: 'reset' })
    : outcome;
}

function said({ arrival, source }: AtBalancer, reply: Reply): Delivery {
  const { ip, port } = arrival;
  return {
    kind: 'delivered',
    reply,
    server: { ip, port },
    sourceSeen: source,
    latencyMs: 0,
  };
}
