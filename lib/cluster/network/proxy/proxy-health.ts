import type { EndpointSlice, Node, Reply, Request, Service, Stored, View } from '../../../api';
import { formatMicroTime } from '../../../base';
import { inRange } from '../addresses';
import type { Flow } from '../kernel/interpret';
import { isReadyHere, SERVICE_NAME_LABEL } from '../rules/service-ports';
import type { ProxyProcess } from '../state';

const HEALTH_PORT = 10_256;
const METRICS_PORT = 10_249;
/** Set by the cluster autoscaler on a node that it is about to take away. */
const DOOMED_TAINT = 'ToBeDeletedByClusterAutoscaler';

/** What kube-proxy says of itself on one of its ports. */
export interface ProxyAnswer {
  readonly name: string;
  readonly reply: Reply;
}

interface Asked {
  readonly view: View;
  readonly node: string;
  readonly process: ProxyProcess;
  readonly flow: Flow;
  readonly request: Request;
  readonly now: number;
}

/** Answers on kube-proxy's own ports and on the health-check node ports that it serves; undefined on others. */
export function proxyAnswer(asked: Asked): ProxyAnswer | undefined {
  const { port, ip } = asked.flow;
  if (port === HEALTH_PORT) return { name: 'kube-proxy', reply: spoken(asked, healthPage(asked)) };
  if (port === METRICS_PORT && inRange(ip, '127.0.0.0/8'))
    return { name: 'kube-proxy', reply: spoken(asked, metricsPage(asked)) };
  const service = healthChecked(asked.view).find(({ spec }) => spec?.healthCheckNodePort === port);
  if (service === undefined) return undefined;
  return { name: 'kube-proxy health check', reply: spoken(asked, servicePage(asked, service)) };
}

function healthChecked(view: View): readonly Stored<Service>[] {
  return view
    .list<Service>('services', '')
    .filter(
      ({ spec }) =>
        spec?.type === 'LoadBalancer' &&
        spec.externalTrafficPolicy === 'Local' &&
        Boolean(spec.healthCheckNodePort),
    );
}

/** The health-check node ports that every kube-proxy listens on. */
export function healthCheckPorts(view: View): readonly number[] {
  return healthChecked(view).map(({ spec }) => spec?.healthCheckNodePort ?? 0);
}

interface Page {
  readonly status: number;
  readonly body: string;
  readonly headers: readonly (readonly [string, string])[];
}

function spoken({ request }: Asked, page: Page): Reply {
  if (request.kind === 'connect') return { kind: 'connected' };
  if (request.kind !== 'http') return { kind: 'closed', why: 'reset' };
  if (request.tls !== undefined) return { kind: 'closed', why: 'tls-mismatch' };
  const { status, body, headers } = page;
  const reason = { 200: 'OK', 404: 'Not Found', 503: 'Service Unavailable' }[status] ?? '';
  return {
    kind: 'http',
    status,
    reason,
    headers: [...headers, ['Content-Length', String(body.length)]],
    body,
  };
}

const JSON_HEADERS = [
  ['Content-Type', 'application/json'],
  ['X-Content-Type-Options', 'nosniff'],
] as const;
const TEXT_HEADERS = [['Content-Type', 'text/plain; charset=utf-8']] as const;
const NOT_FOUND: Page = { status: 404, body: '404 page not found\n', headers: TEXT_HEADERS };

const pathOf = ({ request }: Asked): string =>
  request.kind === 'http' ? request.path.replace(/\?.*$/, '') : '/';

/** /healthz and /livez (pkg/proxy/healthcheck/proxy_health.go); only the first minds whether the node is to go. */
function healthPage(asked: Asked): Page {
  const path = pathOf(asked);
  if (path !== '/healthz' && path !== '/livez') return NOT_FOUND;
  const time = formatMicroTime(asked.now);
  const node = asked.view.get<Node>('nodes', '', asked.node);
  const eligible =
    node !== undefined &&
    node.metadata.deletionTimestamp === undefined &&
    !node.spec?.taints?.some(({ key }) => key === DOOMED_TAINT);
  const family = { lastUpdated: time, healthy: true };
  const body = JSON.stringify({
    lastUpdated: time,
    currentTime: time,
    ...(path === '/healthz' ? { nodeEligible: eligible } : {}),
    healthy: true,
    status: { IPv4: family, IPv6: family },
  });
  return { status: path === '/healthz' && !eligible ? 503 : 200, body, headers: JSON_HEADERS };
}

function metricsPage(asked: Asked): Page {
  switch (pathOf(asked)) {
    case '/healthz':
      return { status: 200, body: 'ok', headers: TEXT_HEADERS };
    case '/proxyMode':
      return { status: 200, body: asked.process.config.mode, headers: TEXT_HEADERS };
    default:
      return NOT_FOUND;
  }
}

/** A health-check node port: 200 while this node has a ready endpoint of its own (service_health.go). */
function servicePage({ view, node }: Asked, service: Stored<Service>): Page {
  const { namespace = '', name } = service.metadata;
  const local = new Set(
    view
      .list<EndpointSlice>('endpointslices.discovery.k8s.io', namespace)
      .filter((slice) => slice.metadata.labels?.[SERVICE_NAME_LABEL] === name)
      .flatMap((slice) => slice.endpoints ?? [])
      .filter((endpoint) => isReadyHere(endpoint, node))
      .flatMap(({ addresses }) => addresses),
  ).size;
  const fields = [
    '\t"service": {',
    `\t\t"namespace": ${JSON.stringify(namespace)},`,
    `\t\t"name": ${JSON.stringify(name)}`,
    '\t},',
    `\t"localEndpoints": ${local},`,
    '\t"serviceProxyHealthy": true',
  ];
  return {
    status: local > 0 ? 200 : 503,
    body: `{\n${fields.join('\n')}\n}`,
    headers: [...JSON_HEADERS, ['X-Load-Balancing-Endpoint-Weight', String(local)]],
  };
}
