import { goQuote, type Service } from '../../api';
import { type AnnotationName, annotation, annotationKey, CloudRefusal, isInteger } from './annotations';
import type { HealthCheck } from './state';

const TRAFFIC_PORT = 'traffic-port';
const CLASSIC_DEFAULTS = { healthy: 2, unhealthy: 6, timeout: 5, interval: 10 };
const HEALTH_PATH = '/healthz';

/** The path and port of kube-proxy's own check; undefined where the policy is not Local (GetServiceHealthCheckPathPort). */
function localCheck({ spec }: Service): number | undefined {
  const isLocal = spec?.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
  return isLocal && spec?.healthCheckNodePort ? spec.healthCheckNodePort : undefined;
}

/** A classic balancer's one check: TCP on the first port's node port, or kube-proxy's page (ensureLoadBalancerHealthCheck). */
export function classicHealthCheck(service: Service, name: string, firstNodePort: number): HealthCheck {
  const { annotations } = service.metadata;
  const local = localCheck(service);
  const backend = (annotation(annotations, 'backend-protocol') ?? '').toLowerCase();
  const typed =
    annotation(annotations, 'healthcheck-protocol') ??
    (local !== undefined ? 'HTTP' : backend === 'https' || backend === 'ssl' ? 'SSL' : 'TCP');
  const protocol = typed.toUpperCase();
  const portText = annotation(annotations, 'healthcheck-port');
  const ownPort = portText === TRAFFIC_PORT ? firstNodePort : (local ?? firstNodePort);
  const port = portText === undefined || portText === TRAFFIC_PORT ? ownPort : integer(portText);
  const fail = (inner: string): CloudRefusal => {
    const text = `cannot update health check for load balancer "${name}": ${goQuote(inner)}`;
    if (local === undefined) return new CloudRefusal(text);
    return new CloudRefusal(
      `Failed to ensure health check for localized service ${name} on node port ${ownPort}: ${goQuote(text)}`,
    );
  };
  const number = (what: AnnotationName, otherwise: number): number => {
    const text = annotation(annotations, what);
    if (text === undefined) return otherwise;
    if (isInteger(text)) return Number(text);
    throw fail(`failed parsing health check annotation value: ${parseIntError(text)}`);
  };
  const check = {
    healthyThreshold: number('healthcheck-healthy-threshold', CLASSIC_DEFAULTS.healthy),
    unhealthyThreshold: number('healthcheck-unhealthy-threshold', CLASSIC_DEFAULTS.unhealthy),
    timeoutSeconds: number('healthcheck-timeout', CLASSIC_DEFAULTS.timeout),
    intervalSeconds: number('healthcheck-interval', CLASSIC_DEFAULTS.interval),
  };
  const errors = tooLittle(check);
  if (errors.length > 0)
    throw fail(
      `some of the load balancer health check parameters are invalid: HealthCheck validation errors: ${errors.join('; ')}`,
    );
  if (protocol !== 'TCP' && protocol !== 'SSL' && protocol !== 'HTTP' && protocol !== 'HTTPS')
    throw new CloudRefusal(
      `error configuring load balancer health check for "${name}": "operation error Elastic Load Balancing: ConfigureHealthCheck, ValidationError: HealthCheck HTTP Target must specify a port followed by a path that begins with a slash. e.g. HTTP:80/ping/this/path"`,
    );
  const path =
    protocol === 'HTTP' || protocol === 'HTTPS'
      ? annotation(annotations, 'healthcheck-path') || (local === undefined ? '/' : HEALTH_PATH)
      : '';
  return { protocol, port, path, ...check };
}

function integer(text: string): number {
  if (!isInteger(text)) throw new CloudRefusal(parseIntError(text));
  return Number(text);
}

const parseIntError = (text: string): string => `strconv.ParseInt: parsing ${goQuote(text)}: invalid syntax`;

/** What AWS allows at the least, in the provider's order (ValidateHealthCheck). */
function tooLittle(check: Omit<HealthCheck, 'protocol' | 'port' | 'path'>): readonly string[] {
  const least: readonly (readonly [string, number, number])[] = [
    ['HealthyThreshold', check.healthyThreshold, 2],
    ['Interval', check.intervalSeconds, 5],
    ['Timeout', check.timeoutSeconds, 2],
    ['UnhealthyThreshold', check.unhealthyThreshold, 2],
  ];
  return least
    .filter(([, value, min]) => value < min)
    .map(([field, , min]) => `${field} must be at least ${min}`);
}

/** The check of a network balancer's target groups (buildNLBHealthCheckConfiguration). */
export function networkHealthCheck(service: Service): HealthCheck {
  const { annotations } = service.metadata;
  const local = localCheck(service);
  const isLocal = service.spec?.externalTrafficPolicy === 'Local';
  const few = { interval: 10, threshold: 2 };
  const many = { interval: 30, threshold: 3 };
  const { interval, threshold } = isLocal ? few : many;
  const protocol = (
    annotation(annotations, 'healthcheck-protocol') ?? (isLocal ? 'HTTP' : 'TCP')
  ).toUpperCase();
  if (protocol !== 'TCP' && protocol !== 'HTTP' && protocol !== 'HTTPS')
    throw new CloudRefusal(`Unsupported health check protocol ${protocol}`);
  const path =
    protocol === 'TCP' ? '' : (annotation(annotations, 'healthcheck-path') ?? (isLocal ? HEALTH_PATH : '/'));
  const portText =
    annotation(annotations, 'healthcheck-port') ?? (local === undefined ? TRAFFIC_PORT : String(local));
  const number = (name: AnnotationName, otherwise: number): number => {
    const text = annotation(annotations, name);
    if (text === undefined) return otherwise;
    if (isInteger(text)) return Number(text);
    throw new CloudRefusal(`failed to parse annotation ${annotationKey(name)}=${text}`);
  };
  const check: HealthCheck = {
    protocol,
    port: portText === TRAFFIC_PORT ? TRAFFIC_PORT : Number(portText),
    path,
    intervalSeconds: number('healthcheck-interval', interval),
    timeoutSeconds: number('healthcheck-timeout', protocol === 'TCP' ? 10 : 6),
    healthyThreshold: number('healthcheck-healthy-threshold', threshold),
    unhealthyThreshold: number('healthcheck-unhealthy-threshold', threshold),
  };
  if (portText !== TRAFFIC_PORT && !isInteger(portText))
    throw new CloudRefusal(`Invalid health check port '${portText}'`);
  return check;
}
