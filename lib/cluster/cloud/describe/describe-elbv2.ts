import type { Json, JsonObject } from '../../../api';
import { NETWORK_HOSTED_ZONE, VPC_ID } from '../account';
import { arnOf } from '../names';
import type { Balancer, CloudState, Target, TargetGroup } from '../state';
import { tagList, text, texts, timeText } from './parameters';
import { AwsError } from './refusal';

type Describe = (state: CloudState, parameters: JsonObject, now: number) => Json;
interface Placed {
  readonly balancer: Balancer;
  readonly group: TargetGroup;
}

/** What Elastic Load Balancing v2 tells of network balancers. */
export const ELBV2: Readonly<Record<string, Describe>> = {
  DescribeLoadBalancers: (state, parameters, now) => ({
    LoadBalancers: chosen(state, parameters).map((balancer) => described(balancer, now)),
  }),
  DescribeListeners(state, parameters) {
    const arn = text(parameters, 'LoadBalancerArn');
    const wanted = texts(parameters, 'ListenerArns');
    const from = arn === undefined ? networks(state) : [byArn(state, arn)];
    const all = from.flatMap((balancer) =>
      balancer.listeners.map((listener) => listenerOf(balancer, listener)),
    );
    return {
      Listeners: wanted === undefined ? all : all.filter(({ ListenerArn }) => wanted.includes(ListenerArn)),
    };
  },
  DescribeTargetGroups: (state, parameters) => ({
    TargetGroups: chosenGroups(state, parameters).map(targetGroup),
  }),
  DescribeTargetHealth(state, parameters, now) {
    const { balancer, group } = groupByArn(state, text(parameters, 'TargetGroupArn') ?? '');
    return {
      TargetHealthDescriptions: Object.entries(group.targets).map(([Id, target]) => ({
        Target: { Id, Port: group.port },
        HealthCheckPort: String(group.check.port === 'traffic-port' ? group.port : group.check.port),
        TargetHealth: healthOf(target, now >= balancer.activeAt),
        AdministrativeOverride: {
          State: 'no_override',
          Reason: 'AdministrativeOverride.NoOverride',
          Description: 'No override is currently active on target',
        },
      })),
    };
  },
  DescribeLoadBalancerAttributes(state, parameters) {
    const { crossZone, accessLog } = byArn(state, text(parameters, 'LoadBalancerArn') ?? '').attributes;
    const set = {
      'access_logs.s3.enabled': String(accessLog.enabled),
      'access_logs.s3.bucket': accessLog.bucket ?? '',
      'access_logs.s3.prefix': accessLog.prefix ?? '',
      'deletion_protection.enabled': 'false',
      'load_balancing.cross_zone.enabled': String(crossZone),
      'dns_record.client_routing_policy': 'any_availability_zone',
      'zonal_shift.config.enabled': 'false',
    };
    return { Attributes: tagList(set) };
  },
  DescribeTargetGroupAttributes(state, parameters) {
    const { balancer } = groupByArn(state, text(parameters, 'TargetGroupArn') ?? '');
    const set = {
      'proxy_protocol_v2.enabled': 'false',
      'preserve_client_ip.enabled': String(balancer.attributes.preserveClientIp),
      'stickiness.enabled': 'false',
      'deregistration_delay.timeout_seconds': '300',
      'stickiness.type': 'source_ip',
      'deregistration_delay.connection_termination.enabled': 'false',
      'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
    };
    return { Attributes: tagList(set) };
  },
  DescribeTags: (state, parameters) => ({
    TagDescriptions: (texts(parameters, 'ResourceArns') ?? []).map((ResourceArn) => {
      const tags = ResourceArn.includes(':targetgroup/')
        ? groupByArn(state, ResourceArn).balancer.tags
        : byArn(state, ResourceArn).tags;
      return { ResourceArn, Tags: tagList(tags) };
    }),
  }),
};

const networks = ({ balancers }: CloudState): readonly Balancer[] =>
  Object.values(balancers).filter(({ kind }) => kind === 'network');
const groups = (state: CloudState): readonly Placed[] =>
  networks(state).flatMap((balancer) => balancer.groups.map((group) => ({ balancer, group })));

const noBalancer = (what: string): AwsError =>
  new AwsError('LoadBalancerNotFound', what === '' ? 'One or more load balancers not found' : what);

function byArn(state: CloudState, arn: string): Balancer {
  if (!arn.startsWith('arn:aws:elasticloadbalancing:'))
    throw new AwsError('ValidationError', `'${arn}' is not a valid load balancer ARN`);
  const found = networks(state).find((each) => arnOf.balancer(each) === arn);
  if (found === undefined) throw noBalancer('One or more load balancers not found');
  return found;
}

function chosen(state: CloudState, parameters: JsonObject): readonly Balancer[] {
  const names = texts(parameters, 'Names');
  const arns = texts(parameters, 'LoadBalancerArns');
  if (arns !== undefined) return arns.map((arn) => byArn(state, arn));
  if (names === undefined) return networks(state);
  const found = names.map((name) => networks(state).find((each) => each.name === name));
  const missing = names.filter((_, index) => found[index] === undefined);
  if (missing.length > 0) throw noBalancer(`Load balancers '[${missing.join(', ')}]' not found`);
  return found.filter((each) => each !== undefined);
}

function groupByArn(state: CloudState, arn: string): Placed {
  if (!arn.startsWith('arn:aws:elasticloadbalancing:'))
    throw new AwsError('ValidationError', `'${arn}' is not a valid target group ARN`);
  const found = groups(state).find(({ group }) => arnOf.targetGroup(group) === arn);
  if (found === undefined) throw new AwsError('TargetGroupNotFound', 'One or more target groups not found');
  return found;
}

function chosenGroups(state: CloudState, parameters: JsonObject): readonly Placed[] {
  const balancer = text(parameters, 'LoadBalancerArn');
  const names = texts(parameters, 'Names');
  const arns = texts(parameters, 'TargetGroupArns');
  if (arns !== undefined) return arns.map((arn) => groupByArn(state, arn));
  if (balancer !== undefined) {
    const { name } = byArn(state, balancer);
    return groups(state).filter((each) => each.balancer.name === name);
  }
  if (names === undefined) return groups(state);
  const found = groups(state).filter(({ group }) => names.includes(group.name));
  if (found.length < names.length)
    throw new AwsError('TargetGroupNotFound', 'One or more target groups not found');
  return found;
}

function described(balancer: Balancer, now: number): Json {
  const { name, dnsName, createdAt, scheme, activeAt, faces, hash } = balancer;
  return {
    LoadBalancerArn: arnOf.balancer({ name, hash }),
    DNSName: dnsName,
    CanonicalHostedZoneId: NETWORK_HOSTED_ZONE,
    CreatedTime: timeText(createdAt),
    LoadBalancerName: name,
    Scheme: scheme,
    VpcId: VPC_ID,
    State: { Code: now < activeAt ? 'provisioning' : 'active' },
    Type: 'network',
    AvailabilityZones: faces.map(({ zone, subnet }) => ({
      ZoneName: zone,
      SubnetId: subnet,
      LoadBalancerAddresses: [],
    })),
    IpAddressType: 'ipv4',
    EnablePrefixForIpv6SourceNat: 'off',
  };
}

function listenerOf(balancer: Balancer, listener: Balancer['listeners'][number]) {
  const group = balancer.groups.find(({ name }) => name === listener.group);
  const arn = group === undefined ? '' : arnOf.targetGroup(group);
  return {
    ListenerArn: arnOf.listener(balancer, listener.hash),
    LoadBalancerArn: arnOf.balancer(balancer),
    Port: listener.port,
    Protocol: listener.protocol,
    ...(listener.certificate === undefined
      ? {}
      : {
          Certificates: [{ CertificateArn: listener.certificate }],
          SslPolicy: listener.sslPolicy ?? 'ELBSecurityPolicy-TLS13-1-2-2021-06',
        }),
    DefaultActions: [
      {
        Type: 'forward',
        TargetGroupArn: arn,
        Order: 1,
        ForwardConfig: { TargetGroups: [{ TargetGroupArn: arn }] },
      },
    ],
  };
}

function targetGroup({ balancer, group }: Placed): Json {
  const { check } = group;
  return {
    TargetGroupArn: arnOf.targetGroup(group),
    TargetGroupName: group.name,
    Protocol: group.protocol,
    Port: group.port,
    VpcId: VPC_ID,
    HealthCheckProtocol: check.protocol,
    HealthCheckPort: String(check.port),
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: check.intervalSeconds,
    HealthCheckTimeoutSeconds: check.timeoutSeconds,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
    ...(check.path === '' ? {} : { HealthCheckPath: check.path, Matcher: { HttpCode: '200-399' } }),
    LoadBalancerArns: [arnOf.balancer(balancer)],
    TargetType: 'instance',
    IpAddressType: 'ipv4',
  };
}

function healthOf({ state, reason, code }: Target, active: boolean): Json {
  switch (state) {
    case 'healthy':
      return { State: 'healthy' };
    case 'draining':
      return {
        State: 'draining',
        Reason: 'Target.DeregistrationInProgress',
        Description: 'Target deregistration is in progress',
      };
    case 'initial':
      return active
        ? {
            State: 'initial',
            Reason: 'Elb.InitialHealthChecking',
            Description: 'Initial health checks in progress',
          }
        : {
            State: 'initial',
            Reason: 'Elb.RegistrationInProgress',
            Description: 'Target registration is in progress',
          };
    case 'unhealthy':
      if (reason === 'timeout')
        return { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' };
      if (reason === 'code')
        return {
          State: 'unhealthy',
          Reason: 'Target.ResponseCodeMismatch',
          Description: `Health checks failed with these codes: [${code}]`,
        };
      return { State: 'unhealthy', Reason: 'Target.FailedHealthChecks', Description: 'Health checks failed' };
  }
}
