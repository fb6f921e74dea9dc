import { sha256Hex } from '../../../base';
import { CLUSTER_NAME, CLUSTER_TAG, ZONES } from '../account';
import type { Balancer, CloudState } from '../state';

/** One permission of a security group: who may come in where. */
export interface Permission {
  readonly protocol: string;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly ranges: readonly { readonly cidr: string; readonly description?: string | undefined }[];
  readonly groups: readonly string[];
}

/** A security group of the VPC. */
export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly ingress: readonly Permission[];
}

const idOf = (name: string): string => `sg-0${sha256Hex(`security group ${name}`).slice(0, 16)}`;

/** What kops puts its two kinds of instances in. */
export const NODES_GROUP = { name: `nodes.${CLUSTER_NAME}`, id: idOf('nodes') };
export const CONTROL_PLANE_GROUP = { name: `control-plane.${CLUSTER_NAME}`, id: idOf('control-plane') };
/** The network that the admin machine is on. */
const OFFICE = '192.168.50.0/24';

const all = (...groups: readonly string[]): Permission => ({ protocol: '-1', ranges: [], groups });
const range = (
  protocol: string,
  from: number,
  to: number,
  cidrs: readonly string[],
  description?: string,
): Permission => ({
  protocol,
  from,
  to,
  ranges: cidrs.map((cidr) => (description === undefined ? { cidr } : { cidr, description })),
  groups: [],
});

/** The security groups as they follow from what there is: kops' own, and those of balancers. */
export function securityGroups({ balancers }: CloudState): readonly SecurityGroup[] {
  const each = Object.values(balancers);
  const tags = { KubernetesCluster: CLUSTER_NAME, [CLUSTER_TAG]: 'owned' };
  return [
    {
      ...CONTROL_PLANE_GROUP,
      description: 'Security group for masters',
      tags: { ...tags, Name: CONTROL_PLANE_GROUP.name },
      ingress: [
        all(CONTROL_PLANE_GROUP.id),
        range('-1', 0, 0, [OFFICE]),
        range('tcp', 443, 443, ['0.0.0.0/0']),
        all(NODES_GROUP.id),
      ],
    },
    {
      ...NODES_GROUP,
      description: 'Security group for nodes',
      tags: { ...tags, Name: NODES_GROUP.name },
      ingress: [
        all(CONTROL_PLANE_GROUP.id),
        all(NODES_GROUP.id),
        range('-1', 0, 0, [OFFICE]),
        ...each.flatMap(toInstances),
      ],
    },
    ...each.flatMap((balancer) => ownGroup(balancer, tags)),
  ];
}

/** What a balancer's being there adds to the instances' group. */
function toInstances(balancer: Balancer): readonly Permission[] {
  const { kind, name, securityGroups: groups, sourceRanges, groups: targetGroups, listeners } = balancer;
  if (kind === 'classic') return groups[0] === undefined ? [] : [all(groups[0])];
  const udp = listeners.some(({ protocol }) => protocol === 'UDP');
  const subnets = ZONES.map(({ cidr }) => cidr);
  const ports = targetGroups.map(({ port }) => port);
  const checked = [
    ...new Set(targetGroups.map(({ check, port }) => (check.port === 'traffic-port' ? port : check.port))),
  ];
  const covered =
    sourceRanges.join() === '0.0.0.0/0' &&
    !udp &&
    checked.toSorted().join() === [...new Set(ports)].toSorted().join();
  const health = checked.map((port) =>
    range('tcp', port, port, subnets, `kubernetes.io/rule/nlb/health=${name}`),
  );
  const protocol = udp ? 'udp' : 'tcp';
  const client = ports.map((port) =>
    range(protocol, port, port, sourceRanges, `kubernetes.io/rule/nlb/client=${name}`),
  );
  const mtu = range('icmp', 3, 4, sourceRanges, 'kubernetes.io/rule/nlb/mtu');
  return [...(covered ? [] : health), ...client, mtu];
}

function ownGroup(balancer: Balancer, tags: Readonly<Record<string, string>>): readonly SecurityGroup[] {
  const { ownGroup: id, name, service, sourceRanges, listeners } = balancer;
  if (id === undefined || !balancer.securityGroups.includes(id)) return [];
  return [
    {
      id,
      name: `k8s-elb-${name}`,
      description: `Security group for Kubernetes ELB ${name} (${service.namespace}/${service.name})`,
      tags,
      ingress: [
        ...listeners.map(({ port }) => range('tcp', port, port, sourceRanges)),
        range('icmp', 3, 4, sourceRanges),
      ],
    },
  ];
}
