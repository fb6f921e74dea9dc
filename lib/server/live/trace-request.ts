import type { Delivery, Hop, Pod, Vantage } from '../../api';
import type { Workspace } from '../../workspace';
import type { ClientMessage, TracedView } from '../protocol';

const HOME_NAMESPACE = 'default';

type Trace = Extract<ClientMessage, { type: 'trace' }>;
type Asked = Omit<Trace, 'type' | 'id'> & Partial<Trace>;

/** The way of one request to a name or an address, sent on a copy of the workspace. */
export function traceRequest(
  workspace: Workspace,
  asked: Asked,
  speaks: 'http' | 'connect' = 'http',
): TracedView {
  return sendTraced(workspace.fork(), asked, speaks);
}

/** The same, sent in the workspace itself: what answers has answered, and chance has been asked. */
export function sendTraced(
  { network, view }: Workspace,
  { host, port, path = '/', from }: Asked,
  speaks: 'http' | 'connect' = 'http',
): TracedView {
  const pods = view.list<Pod>('pods', from?.kind === 'pod' ? from.namespace : HOME_NAMESPACE);
  const named = from?.kind === 'pod' ? pods.filter(({ metadata }) => metadata.name === from.name) : pods;
  const sender = named.find(isReady);
  if ((from === undefined || from.kind === 'pod') && sender === undefined) {
    const missing = from?.kind === 'pod' ? `Pod ${from.name}` : 'a Pod';
    return { host, port, from: missing, outcome: 'there is no such ready Pod', reached: false, trace: [] };
  }
  const place: Vantage =
    sender === undefined || (from !== undefined && from.kind !== 'pod')
      ? (from ?? { kind: 'office' })
      : { kind: 'pod', namespace: sender.metadata.namespace ?? HOME_NAMESPACE, name: sender.metadata.name };
  const told = (outcome: string, reached: boolean, trace: readonly Hop[]): TracedView => ({
    host,
    port,
    from: vantageText(place),
    sender: place,
    outcome,
    reached,
    trace,
  });
  const found = network.lookup(place, host);
  const [ip] = found.outcome.addresses;
  if (ip === undefined) return told('the name does not resolve', false, found.trace);
  const headers = { 'User-Agent': 'portside', Accept: '*/*' };
  const asked = { kind: 'http', method: 'GET', path, host, headers, body: '' } as const;
  const request = speaks === 'http' ? asked : ({ kind: 'connect' } as const);
  const sent = network.send({ from: place, to: { ip, port }, protocol: 'TCP', request });
  const { outcome } = sent;
  const reached = outcome.kind === 'delivered';
  return told(deliveryText(outcome), reached, [...found.trace, ...sent.trace]);
}

function vantageText(place: Vantage): string {
  if (place.kind === 'pod') return `Pod ${place.name}`;
  return place.kind === 'node' ? `node ${place.name}` : `the ${place.kind}`;
}

const ENDS = {
  refused: 'refused: nobody listens there, or a rule rejected it',
  unreachable: 'no way leads there',
  dropped: 'silence: nothing ever comes back',
} as const;

function deliveryText(outcome: Delivery): string {
  if (outcome.kind !== 'delivered') return ENDS[outcome.kind];
  const { reply, server } = outcome;
  const who = server.pod?.name ?? server.node ?? server.ip;
  if (reply.kind === 'http') return `answered ${reply.status} by ${who}`;
  return reply.kind === 'closed' ? `${who} hung up without an answer` : `answered by ${who}`;
}

const isReady = (pod: Pod): boolean =>
  pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
