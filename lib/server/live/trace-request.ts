import type { Hop, Pod, Vantage } from '../../api';
import type { Workspace } from '../../workspace';
import type { ClientMessage, TracedView } from '../protocol';

const HOME_NAMESPACE = 'default';

/** The way of one request to a name, sent on a copy of the workspace from one of its Pods. */
export function traceRequest(
  workspace: Workspace,
  { host, port, pod }: Extract<ClientMessage, { type: 'trace' }>,
): TracedView {
  const { network, view } = workspace.fork();
  const ready = view.list<Pod>('pods', HOME_NAMESPACE).filter(isReady);
  const sender = ready.find(({ metadata }) => pod === undefined || metadata.name === pod);
  if (!sender) return { host, port, from: pod ?? 'a Pod', outcome: 'there is no such ready Pod', trace: [] };
  const { name } = sender.metadata;
  const from: Vantage = { kind: 'pod', namespace: HOME_NAMESPACE, name };
  const told = (outcome: string, trace: readonly Hop[]) => ({
    host,
    port,
    from: `Pod ${name}`,
    outcome,
    trace,
  });
  const found = network.lookup(from, host);
  const [ip] = found.outcome.addresses;
  if (ip === undefined) return told('the name does not resolve', found.trace);
  const headers = { 'User-Agent': 'portside', Accept: '*/*' };
  const request = { kind: 'http', method: 'GET', path: '/', host, headers, body: '' } as const;
  const sent = network.send({ from, to: { ip, port }, protocol: 'TCP', request });
  const { outcome } = sent;
  const end =
    outcome.kind === 'delivered'
      ? `answered by ${outcome.server.pod?.name ?? outcome.server.node ?? outcome.server.ip}`
      : outcome.kind;
  return told(end, [...found.trace, ...sent.trace]);
}

const isReady = (pod: Pod): boolean =>
  pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
