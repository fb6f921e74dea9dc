import type { Node } from '../../api';
import { sha256Hex } from '../../base';
import { ZONES, type Zone } from './account';

/** One EC2 instance of the cluster. */
export interface Instance {
  readonly id: string;
  /** The node that its kubelet registered as. */
  readonly node: string;
  readonly zone: Zone;
  readonly type: 't3.medium';
  readonly privateIp: string;
  readonly privateDns: string;
  readonly isControlPlane: boolean;
}

/** The instance behind the node of that number. */
export function instanceOf(index: number, node: string, privateIp: string): Instance {
  const [first] = ZONES;
  const zone = ZONES[index % ZONES.length] ?? first;
  if (zone === undefined) throw new Error('a region has zones');
  return {
    id: `i-0${sha256Hex(`instance ${node}`).slice(0, 16)}`,
    node,
    zone,
    type: 't3.medium',
    privateIp,
    privateDns: `ip-${privateIp.replaceAll('.', '-')}.ec2.internal`,
    isControlPlane: index === 0,
  };
}

/** What a node's `spec.providerID` says: `aws:///us-east-1a/i-0…`. */
export function providerIdOf({ id, zone }: Instance): string {
  return `aws:///${zone.name}/${id}`;
}

/** The instance of a node, by its provider ID (mapToAWSInstanceIDs); undefined where it names none. */
export function instanceFor(instances: readonly Instance[], node: Node): Instance | undefined {
  const id = node.spec?.providerID?.split('/').at(-1);
  return instances.find((each) => each.id === id);
}

/** Labels that the cloud's node controller and kops put on a node. */
export function cloudLabels({ zone, type, isControlPlane }: Instance): Readonly<Record<string, string>> {
  const region = zone.name.slice(0, -1);
  return {
    'beta.kubernetes.io/instance-type': type,
    'failure-domain.beta.kubernetes.io/region': region,
    'failure-domain.beta.kubernetes.io/zone': zone.name,
    'kops.k8s.io/instancegroup': `${isControlPlane ? 'control-plane' : 'nodes'}-${zone.name}`,
    'node.kubernetes.io/instance-type': type,
    ...(isControlPlane
      ? {
          'kops.k8s.io/kops-controller-pki': '',
          'node.kubernetes.io/exclude-from-external-load-balancers': '',
        }
      : { 'node-role.kubernetes.io/node': '' }),
    'topology.k8s.aws/zone-id': zone.id,
    'topology.kubernetes.io/region': region,
    'topology.kubernetes.io/zone': zone.name,
  };
}
