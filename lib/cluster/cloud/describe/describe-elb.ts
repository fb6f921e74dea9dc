import type { Json, JsonObject } from '../../../api';
import { ACCOUNT_ID, CLASSIC_HOSTED_ZONE, VPC_ID } from '../account';
import type { Balancer, CloudState, HealthCheck, Target } from '../state';
import { tagList, text, texts, timeText } from './parameters';
import { AwsError } from './refusal';

type Describe = (state: CloudState, parameters: JsonObject) => Json;

/** What Elastic Load Balancing (classic) tells of its balancers. */
export const ELB: Readonly<Record<string, Describe>> = {
  DescribeLoadBalancers: (state, parameters) => ({
    LoadBalancerDescriptions: named(state, texts(parameters, 'LoadBalancerNames')).map(description),
  }),
  DescribeInstanceHealth(state, parameters) {
    const [balancer] = named(state, [text(parameters, 'LoadBalancerName') ?? '']);
    const targets = Object.entries(balancer?.groups[0]?.targets ?? {});
    return { InstanceStates: targets.map(([InstanceId, target]) => ({ InstanceId, ...stateOf(target) })) };
  },
  DescribeLoadBalancerAttributes(state, parameters) {
    const [balancer] = named(state, [text(parameters, 'LoadBalancerName') ?? '']);
    return balancer === undefined ? {} : { LoadBalancerAttributes: attributes(balancer) };
  },
  DescribeTags: (state, parameters) => ({
    TagDescriptions: named(state, texts(parameters, 'LoadBalancerNames') ?? []).map(({ name, tags }) => ({
      LoadBalancerName: name,
      Tags: tagList(tags),
    })),
  }),
};

/** The classic balancers of those names, or all; a name that is none's is refused. */
function named({ balancers }: CloudState, names: readonly string[] | undefined): readonly Balancer[] {
  const classic = Object.values(balancers).filter(({ kind }) => kind === 'classic');
  return (names ?? classic.map(({ name }) => name)).map((name) => {
    const found = classic.find((each) => each.name === name);
    if (found === undefined)
      throw new AwsError('LoadBalancerNotFound', `There is no ACTIVE Load Balancer named '${name}'`);
    return found;
  });
}

function description(balancer: Balancer): Json {
  const { name, dnsName, faces, groups, listeners, scheme, createdAt, securityGroups, ownGroup } = balancer;
  const [group] = groups;
  return {
    LoadBalancerName: name,
    DNSName: dnsName,
    ...(scheme === 'internal' ? {} : { CanonicalHostedZoneName: dnsName }),
    CanonicalHostedZoneNameID: CLASSIC_HOSTED_ZONE,
    ListenerDescriptions: listeners.map((listener) => ({
      Listener: {
        Protocol: listener.protocol.toUpperCase(),
        LoadBalancerPort: listener.port,
        InstanceProtocol: listener.instanceProtocol.toUpperCase(),
        InstancePort: listener.nodePort,
        ...(listener.certificate === undefined ? {} : { SSLCertificateId: listener.certificate }),
      },
      PolicyNames: listener.sslPolicy === undefined ? [] : [`k8s-SSLNegotiationPolicy-${listener.sslPolicy}`],
    })),
    Policies: {
      AppCookieStickinessPolicies: [],
      LBCookieStickinessPolicies: [],
      OtherPolicies: balancer.attributes.proxyProtocol ? ['k8s-proxyprotocol-enabled'] : [],
    },
    BackendServerDescriptions: balancer.attributes.proxyProtocol
      ? listeners.map(({ nodePort }) => ({
          InstancePort: nodePort,
          PolicyNames: ['k8s-proxyprotocol-enabled'],
        }))
      : [],
    AvailabilityZones: faces.map(({ zone }) => zone),
    Subnets: faces.map(({ subnet }) => subnet),
    VPCId: VPC_ID,
    Instances: Object.keys(group?.targets ?? {}).map((InstanceId) => ({ InstanceId })),
    ...(group === undefined ? {} : { HealthCheck: healthCheck(group.check) }),
    SourceSecurityGroup: {
      OwnerAlias: ACCOUNT_ID,
      GroupName:
        ownGroup !== undefined && securityGroups[0] === ownGroup
          ? `k8s-elb-${name}`
          : (securityGroups[0] ?? ''),
    },
    SecurityGroups: securityGroups,
    CreatedTime: timeText(createdAt),
    Scheme: scheme,
  };
}

function healthCheck(check: HealthCheck): Json {
  return {
    Target: `${check.protocol}:${check.port}${check.path}`,
    Interval: check.intervalSeconds,
    Timeout: check.timeoutSeconds,
    UnhealthyThreshold: check.unhealthyThreshold,
    HealthyThreshold: check.healthyThreshold,
  };
}

function stateOf({ state }: Target): JsonObject {
  switch (state) {
    case 'healthy':
      return { State: 'InService', ReasonCode: 'N/A', Description: 'N/A' };
    case 'initial':
      return {
        State: 'OutOfService',
        ReasonCode: 'ELB',
        Description: 'Instance registration is still in progress.',
      };
    default:
      return {
        State: 'OutOfService',
        ReasonCode: 'Instance',
        Description:
          'Instance has failed at least the UnhealthyThreshold number of health checks consecutively.',
      };
  }
}

function attributes({ attributes: set }: Balancer): Json {
  const { crossZone, accessLog, draining, idleTimeoutSeconds } = set;
  return {
    CrossZoneLoadBalancing: { Enabled: crossZone },
    AccessLog: {
      Enabled: accessLog.enabled,
      ...(accessLog.bucket === undefined ? {} : { S3BucketName: accessLog.bucket }),
      ...(accessLog.emitInterval === undefined ? {} : { EmitInterval: accessLog.emitInterval }),
      ...(accessLog.prefix === undefined ? {} : { S3BucketPrefix: accessLog.prefix }),
    },
    ConnectionDraining: { Enabled: draining.enabled, Timeout: draining.timeoutSeconds },
    ConnectionSettings: { IdleTimeout: idleTimeoutSeconds },
    AdditionalAttributes: [{ Key: 'elb.http.desyncmitigationmode', Value: 'defensive' }],
  };
}
