import type { Hop, NetworkPolicy, Pod, Stored, View } from '../../../api';
import { type Fit, fitPeers, nameOf, type OtherEnd, selects } from './peers';
import { type Carried, fitPorts, portText } from './ports';

/** Which of a Pod's two directions is judged. */
export type Direction = 'ingress' | 'egress';

/** What policies say of one direction; the hop is missing where none of them isolates the Pod. */
export interface Judgement {
  readonly allowed: boolean;
  readonly hop?: Hop | undefined;
}

/** A connection as one of its Pods sees it. */
export interface Connection {
  readonly pod: Stored<Pod>;
  readonly other: OtherEnd;
  readonly carried: Carried;
}

const RESOURCE = 'networkpolicies.networking.k8s.io';
type Rule = {
  readonly peers: Parameters<typeof fitPeers>[2];
  readonly ports: Parameters<typeof fitPorts>[0];
};

/**
 * What the NetworkPolicies that select a Pod say of a connection in one direction: isolated by any, allowed by any
 * rule of any (the union); a Pod that none selects for the direction is open.
 */
export function judge(view: View, direction: Direction, connection: Connection): Judgement {
  const { pod } = connection;
  const isolating = view
    .list<NetworkPolicy>(RESOURCE, pod.metadata.namespace ?? '')
    .filter((policy) => isolates(policy, direction, pod));
  if (isolating.length === 0) return { allowed: true };
  let nearest: Miss | undefined;
  for (const policy of isolating) {
    for (const [index, rule] of rulesOf(policy, direction).entries()) {
      const found = fitRule(view, policy, direction, index, rule, connection);
      if (found === undefined) return { allowed: true, hop: letIn(policy, direction, index, connection) };
      if (nearest === undefined || found.nearness > nearest.nearness) nearest = { ...found, policy, index };
    }
  }
  return { allowed: false, hop: turnedAway(isolating, nearest, direction, connection) };
}

function isolates({ spec }: NetworkPolicy, direction: Direction, pod: Stored<Pod>): boolean {
  const type = direction === 'ingress' ? 'Ingress' : 'Egress';
  const types = spec?.policyTypes ?? (spec?.egress?.length ? ['Ingress', 'Egress'] : ['Ingress']);
  return types.includes(type) && selects(spec?.podSelector ?? {}, pod.metadata.labels);
}

function rulesOf({ spec }: NetworkPolicy, direction: Direction): readonly Rule[] {
  return direction === 'ingress'
    ? (spec?.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
    : (spec?.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
}

interface RuleMiss {
  readonly field: string;
  readonly why: string;
  readonly nearness: number;
}
interface Miss extends RuleMiss {
  readonly policy: Stored<NetworkPolicy>;
  readonly index: number;
}

/** What the half of a rule that fits adds to the nearness of the other: whom it means weighs more than which port. */
const PEER_FITS = 10;
const PORT_FITS = 5;

/** Undefined when the rule allows the connection, else the part of it that does not. */
function fitRule(
  view: View,
  policy: Stored<NetworkPolicy>,
  direction: Direction,
  index: number,
  { peers, ports }: Rule,
  { pod, other, carried }: Connection,
): RuleMiss | undefined {
  const field = `spec.${direction}[${index}]`;
  const server = direction === 'ingress' ? pod : other.pod;
  const byPort = fitPorts(ports, `${field}.ports`, carried, server);
  const peersField = `${field}.${direction === 'ingress' ? 'from' : 'to'}`;
  const byPeer = fitPeers(view, policy.metadata.namespace ?? '', peers, peersField, other);
  if (byPeer.fits && byPort.fits) return undefined;
  if (byPeer.fits) return nearer(byPort, PEER_FITS);
  return nearer(byPeer, byPort.fits && ports?.length ? PORT_FITS : 0);
}

function nearer(fit: Fit, bonus: number): RuleMiss | undefined {
  return fit.fits ? undefined : { field: fit.field, why: fit.why, nearness: fit.nearness + bonus };
}

const podText = ({ metadata }: Stored<Pod>) => `${metadata.namespace ?? ''}/${metadata.name}`;
const policyText = ({ metadata }: Stored<NetworkPolicy>) => `${metadata.namespace ?? ''}/${metadata.name}`;

function way(direction: Direction, { other, carried }: Connection): string {
  return direction === 'ingress'
    ? `from ${nameOf(other)} to ${portText(carried)}`
    : `to ${nameOf(other)}, ${portText(carried)}`;
}

function about(policy: Stored<NetworkPolicy>, field: string): Hop['object'] {
  const { namespace = '', name } = policy.metadata;
  return { resource: RESOURCE, namespace, name, field };
}

function letIn(
  policy: Stored<NetworkPolicy>,
  direction: Direction,
  index: number,
  connection: Connection,
): Hop {
  return {
    at: `pod ${podText(connection.pod)}`,
    rule: `NetworkPolicy ${policyText(policy)}, ${direction} rule ${index + 1}`,
    effect: `allows ${direction} ${way(direction, connection)}`,
    object: about(policy, `spec.${direction}[${index}]`),
  };
}

function turnedAway(
  isolating: readonly Stored<NetworkPolicy>[],
  nearest: Miss | undefined,
  direction: Direction,
  connection: Connection,
): Hop {
  const policy = nearest?.policy ?? isolating[0];
  const names = isolating.map(policyText).join(', ');
  const where = nearest === undefined ? '' : `, ${direction} rule ${nearest.index + 1}`;
  return {
    at: `pod ${podText(connection.pod)}`,
    rule: `NetworkPolicy ${policy === undefined ? names : policyText(policy)}${where}`,
    effect: `drops the packet: no rule allows ${direction} ${way(direction, connection)}`,
    detail:
      nearest === undefined
        ? `${names} isolates the Pod for ${direction} and allows nothing`
        : `isolated for ${direction} by ${names}; the nearest rule does not match: ${nearest.why}`,
    object: policy === undefined ? undefined : about(policy, nearest?.field ?? `spec.${direction}`),
  };
}
