import type { Json, JsonObject } from '../../../api';
import { sha256Hex } from '../../../base';
import { ACCOUNT_ID, CLUSTER_NAME, CLUSTER_TAG, VPC_ID } from '../account';
import type { Instance } from '../instances';
import type { CloudState } from '../state';
import { type Filterable, filtered } from './filters';
import { tagList, texts, timeText } from './parameters';
import { AwsError } from './refusal';
import {
  CONTROL_PLANE_GROUP,
  NODES_GROUP,
  type Permission,
  type SecurityGroup,
  securityGroups,
} from './security-groups';

/** What EC2 knows beside the balancers. */
export interface Ec2World {
  readonly state: CloudState;
  readonly instances: readonly Instance[];
  /** When an instance was started, in virtual ms. */
  startedAt(instance: Instance): number;
}

/** What EC2 tells of instances and security groups. */
export const EC2: Readonly<Record<string, (world: Ec2World, parameters: JsonObject) => Json>> = {
  DescribeInstances(world, parameters) {
    const ids = texts(parameters, 'InstanceIds');
    const found = ids === undefined ? world.instances : ids.map((id) => instanceById(world, id));
    const kept = filtered(found.map(filterableInstance), parameters);
    return { Reservations: kept.map(({ of }) => reservation(world, of)) };
  },
  DescribeSecurityGroups(world, parameters) {
    const all = securityGroups(world.state);
    const ids = texts(parameters, 'GroupIds');
    const names = texts(parameters, 'GroupNames');
    const found =
      ids?.map((id) => one(all, 'id', id, `The security group '${id}' does not exist`)) ??
      names?.map((name) =>
        one(all, 'name', name, `The security group '${name}' does not exist in default VPC 'null'`),
      ) ??
      all;
    const kept = filtered(found.map(filterableGroup), parameters);
    return { SecurityGroups: kept.map(({ of }) => groupOf(of)) };
  },
};

function one(
  all: readonly SecurityGroup[],
  field: 'id' | 'name',
  value: string,
  message: string,
): SecurityGroup {
  const found = all.find((group) => group[field] === value);
  if (found === undefined) throw new AwsError('InvalidGroup.NotFound', message);
  return found;
}

function instanceById({ instances }: Ec2World, id: string): Instance {
  const found = instances.find((each) => each.id === id);
  if (found !== undefined) return found;
  if (!/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id))
    throw new AwsError('InvalidInstanceID.Malformed', `Invalid id: "${id}"`);
  throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
}

const groupFor = ({ isControlPlane }: Instance) => (isControlPlane ? CONTROL_PLANE_GROUP : NODES_GROUP);

function tagsOf({ isControlPlane, zone }: Instance): Readonly<Record<string, string>> {
  const role = isControlPlane ? 'control-plane' : 'nodes';
  const group = `${role}-${zone.name}`;
  return {
    Name: `${group}.${isControlPlane ? 'masters.' : ''}${CLUSTER_NAME}`,
    KubernetesCluster: CLUSTER_NAME,
    [CLUSTER_TAG]: 'owned',
    'kops.k8s.io/instancegroup': group,
    [`k8s.io/role/${isControlPlane ? 'control-plane' : 'node'}`]: '1',
  };
}

function filterableInstance(instance: Instance): Filterable<Instance> {
  return {
    of: instance,
    tags: tagsOf(instance),
    values: {
      'instance-id': instance.id,
      'instance-state-name': 'running',
      'instance-state-code': '16',
      'instance-type': instance.type,
      'availability-zone': instance.zone.name,
      'private-dns-name': instance.privateDns,
      'private-ip-address': instance.privateIp,
      'subnet-id': instance.zone.subnet,
      'vpc-id': VPC_ID,
      'instance.group-id': groupFor(instance).id,
      'instance.group-name': groupFor(instance).name,
    },
  };
}

function filterableGroup(group: SecurityGroup): Filterable<SecurityGroup> {
  return {
    of: group,
    tags: group.tags,
    values: {
      'group-id': group.id,
      'group-name': group.name,
      description: group.description,
      'vpc-id': VPC_ID,
      'owner-id': ACCOUNT_ID,
    },
  };
}

function reservation(world: Ec2World, instance: Instance): Json {
  const { id, zone, type, privateDns, privateIp } = instance;
  const group = groupFor(instance);
  return {
    ReservationId: `r-0${sha256Hex(`reservation ${id}`).slice(0, 16)}`,
    OwnerId: ACCOUNT_ID,
    Groups: [],
    Instances: [
      {
        Architecture: 'x86_64',
        Hypervisor: 'xen',
        Tags: tagList(tagsOf(instance)),
        VirtualizationType: 'hvm',
        InstanceId: id,
        ImageId: 'ami-0c2d3e4f5a6b7c8d9',
        State: { Code: 16, Name: 'running' },
        PrivateDnsName: privateDns,
        PublicDnsName: '',
        InstanceType: type,
        LaunchTime: timeText(world.startedAt(instance)),
        Placement: { GroupName: '', Tenancy: 'default', AvailabilityZone: zone.name },
        Monitoring: { State: 'disabled' },
        SubnetId: zone.subnet,
        VpcId: VPC_ID,
        PrivateIpAddress: privateIp,
        SecurityGroups: [{ GroupId: group.id, GroupName: group.name }],
        // Pods' addresses are not the VPC's: packets that carry them are let pass.
        SourceDestCheck: false,
      },
    ],
  };
}

function groupOf({ id, name, description, tags, ingress }: SecurityGroup): Json {
  return {
    GroupId: id,
    IpPermissionsEgress: [permission({ protocol: '-1', ranges: [{ cidr: '0.0.0.0/0' }], groups: [] })],
    Tags: tagList(tags),
    VpcId: VPC_ID,
    OwnerId: ACCOUNT_ID,
    GroupName: name,
    Description: description,
    IpPermissions: ingress.map(permission),
  };
}

function permission({ protocol, from, to, ranges, groups }: Permission): Json {
  return {
    IpProtocol: protocol,
    ...(from === undefined || protocol === '-1' ? {} : { FromPort: from, ToPort: to }),
    UserIdGroupPairs: groups.map((GroupId) => ({ UserId: ACCOUNT_ID, GroupId })),
    IpRanges: ranges.map(({ cidr, description }) => ({
      ...(description === undefined ? {} : { Description: description }),
      CidrIp: cidr,
    })),
    Ipv6Ranges: [],
    PrefixListIds: [],
  };
}
