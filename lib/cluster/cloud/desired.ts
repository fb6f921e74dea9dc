import { goQuote, type Service, type Stored } from '../../api';
import { CLUSTER_TAG } from './account';
import {
  annotation,
  annotationKey,
  booleanAt,
  CloudRefusal,
  isNetwork,
  listAt,
  numberAt,
  pairsAt,
} from './annotations';
import { classicHealthCheck, networkHealthCheck } from './health-check';
import { classicListeners, type Mapping, networkMappings } from './listeners';
import { balancerName } from './names';
import type { Attributes, Balancer, HealthCheck } from './state';
import { checkTargetGroupAttributes } from './target-attributes';

/** The balancer that a Service asks for: what EnsureLoadBalancer works out before it asks AWS for anything. */
export interface Desired {
  readonly name: string;
  readonly kind: Balancer['kind'];
  readonly scheme: Balancer['scheme'];
  readonly service: Balancer['service'];
  readonly mappings: readonly Mapping[];
  readonly check: HealthCheck;
  readonly attributes: Attributes;
  readonly sourceRanges: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Groups that stand in for the balancer's own. */
  readonly givenGroups: readonly string[];
  readonly extraGroups: readonly string[];
}

const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const DEFAULT_IDLE_SECONDS = 60;
const DEFAULT_DRAINING_SECONDS = 300;

/** What a Service asks for; refused with a `CloudRefusal` in the provider's words (EnsureLoadBalancer, in its order). */
export function desiredBalancer(service: Stored<Service>): Desired {
  const { annotations } = service.metadata;
  const { spec = {} } = service;
  const network = isNetwork(annotations);
  checkAnnotations(service, network);
  if ((spec.sessionAffinity ?? 'None') !== 'None')
    throw new CloudRefusal(`unsupported load balancer affinity: ${spec.sessionAffinity}`);
  const ports = spec.ports ?? [];
  const [first] = ports;
  if (first === undefined) throw new CloudRefusal('requested load balancer with no ports');
  if (ports.some(({ protocol }) => protocol !== first.protocol))
    throw new CloudRefusal('mixed protocol is not supported for LoadBalancer');
  const sourceRanges = rangesOf(service);
  for (const { protocol = 'TCP' } of ports)
    if (protocol !== 'TCP' && !(network && protocol === 'UDP'))
      throw new CloudRefusal(`Protocol ${protocol} not supported by LoadBalancer`);
  const open = ports.filter(({ nodePort }) => nodePort);
  const mappings = network ? networkMappings(open, annotations) : classicListeners(open, annotations);
  const networkCheck = network ? networkHealthCheck(service) : undefined;
  if (spec.loadBalancerIP) throw new CloudRefusal('LoadBalancerIP cannot be specified for AWS ELB');
  const name = balancerName(service);
  const internal = annotation(annotations, 'internal') ?? '';
  const namespacedName = `${service.metadata.namespace}/${service.metadata.name}`;
  return {
    name,
    kind: network ? 'network' : 'classic',
    scheme: internal === '' || internal === 'false' ? 'internet-facing' : 'internal',
    service: { namespace: service.metadata.namespace ?? '', name: service.metadata.name },
    mappings,
    attributes: attributesOf(service, network),
    check: networkCheck ?? classicHealthCheck(service, name, open[0]?.nodePort ?? 0),
    sourceRanges,
    tags: {
      ...pairsAt(annotations, 'additional-resource-tags'),
      'kubernetes.io/service-name': namespacedName,
      [CLUSTER_TAG]: 'owned',
    },
    givenGroups: network ? [] : listAt(annotations, 'security-groups'),
    extraGroups: listAt(annotations, 'extra-security-groups'),
  };
}

/** pkg/providers/v1/aws_validations.go */
function checkAnnotations(service: Stored<Service>, network: boolean): void {
  const { annotations } = service.metadata;
  const host = service.status?.loadBalancer?.ingress?.[0];
  if (host !== undefined) {
    const isClassic = (host.hostname ?? '').endsWith('.elb.amazonaws.com');
    if (network === isClassic)
      throw new CloudRefusal(
        `cannot update Load Balancer Type annotation ${goQuote(annotationKey('type'))} after creation for ${network ? 'NLB' : 'Classic Load Balancer'}`,
      );
  }
  if (network && annotation(annotations, 'extra-security-groups') !== undefined)
    throw new CloudRefusal(
      `BYO extra security group annotation ${goQuote(annotationKey('extra-security-groups'))} is not supported by NLB`,
    );
  checkTargetGroupAttributes(service, network);
}

/** Who may use the balancer: the field, else the annotation, else everybody (GetLoadBalancerSourceRanges). */
function rangesOf({ metadata, spec }: Service): readonly string[] {
  const { loadBalancerSourceRanges = [] } = spec ?? {};
  const text = metadata.annotations?.[SOURCE_RANGES]?.trim() || '0.0.0.0/0';
  const ranges = loadBalancerSourceRanges.length > 0 ? loadBalancerSourceRanges : text.split(',');
  return [...new Set(ranges.map((each) => each.trim()))].toSorted();
}

function attributesOf(service: Stored<Service>, network: boolean): Attributes {
  const { annotations } = service.metadata;
  const proxy = annotation(annotations, 'proxy-protocol') ?? '';
  if (!network && proxy !== '' && proxy !== '*')
    throw new CloudRefusal(
      `annotation ${goQuote(annotationKey('proxy-protocol'))}=${goQuote(proxy)} detected, but the only value supported currently is '*'`,
    );
  const emitInterval = network ? undefined : numberAt(annotations, 'access-log-emit-interval');
  const enabled = booleanAt(annotations, 'access-log-enabled', false);
  const bucket = annotation(annotations, 'access-log-s3-bucket-name');
  const prefix = annotation(annotations, 'access-log-s3-bucket-prefix');
  const draining = network ? false : booleanAt(annotations, 'connection-draining-enabled', false);
  const timeout = network ? undefined : numberAt(annotations, 'connection-draining-timeout');
  const idle = network ? undefined : numberAt(annotations, 'connection-idle-timeout');
  const crossZone = booleanAt(annotations, 'cross-zone-load-balancing-enabled', false);
  const preserve = pairsAt(annotations, 'target-group-attributes')['preserve_client_ip.enabled'];
  return {
    crossZone,
    idleTimeoutSeconds: idle ?? DEFAULT_IDLE_SECONDS,
    draining: { enabled: draining, timeoutSeconds: timeout ?? DEFAULT_DRAINING_SECONDS },
    accessLog: { enabled, emitInterval, bucket, prefix },
    proxyProtocol: !network && proxy === '*',
    preserveClientIp: network && preserve !== 'false',
  };
}
