import type { CloudProvider, KubeObject } from '../../api';
import type { DirectAction } from '../loop';
import { SERVICE_CIDR } from '../ranges';
import { defaultPolicy, defaultServiceCidr } from '../server';
import { put } from './actions';
import { classes } from './classes';
import { configMaps } from './config-maps';
import { controlPlaneLeases } from './control-plane-leases';
import { dnsObjects } from './dns';
import { inCloud } from './in-cloud';
import { kubeadmPolicy } from './kubeadm-policy';
import { machineOf } from './machines';
import { leaseObject, nodeObject } from './nodes';
import { proxyObjects } from './proxy';
import { staticPods } from './static-pods';

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/**
 * What a kubeadm cluster of so many nodes holds when it comes up, as requests to its API server in order; the
 * controllers make the rest of it (accounts, Pods, endpoints) in the first minute of virtual time. In a cloud, nodes
 * carry what its node controller has told of them.
 */
export function bootstrap(
  nodes: number,
  now: number,
  cloud: CloudProvider = 'none',
): readonly DirectAction[] {
  const node = (index: number) => {
    const bare = nodeObject(index, now);
    return cloud === 'aws' ? inCloud(bare, machineOf(index)) : bare;
  };
  const objects: readonly KubeObject[] = [
    ...NAMESPACES.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    ...classes(),
    ...Array.from({ length: nodes }, (_, index) => node(index)),
    ...Array.from({ length: nodes }, (_, index) => leaseObject(index, now)),
    ...configMaps(),
    ...dnsObjects(),
    ...proxyObjects(nodes),
    ...staticPods(),
  ];
  return objects.flatMap((object) => put(object));
}

/** The range of cluster IPs, the roles and bindings and the leases that the control plane and kubeadm make in a new cluster. */
export function bootstrapPolicy(now: number): readonly DirectAction[] {
  const range = defaultServiceCidr([SERVICE_CIDR]);
  return [range, ...defaultPolicy(), ...kubeadmPolicy(), ...controlPlaneLeases(now)].flatMap((object) =>
    put(object),
  );
}

/** Resources that kubelets register for themselves, and those that the API server makes at its start. */
const FIRST_MADE_BY: Readonly<Record<string, string>> = {
  nodes: 'kubelet',
  leases: 'kubelet',
  pods: 'kubelet',
  namespaces: 'kube-apiserver',
  servicecidrs: 'kube-apiserver',
};

/** Whose work a request of `bootstrap` is, as `managedFields` name it. */
export function programOf(action: DirectAction): string {
  if (
    action.verb === 'create' &&
    action.object.metadata.namespace === 'kube-system' &&
    action.ref.resource === 'leases'
  ) {
    const { name = '' } = action.object.metadata;
    return name.startsWith('apiserver-') ? 'kube-apiserver' : name;
  }
  return (action.verb === 'bind' ? undefined : FIRST_MADE_BY[action.ref.resource]) ?? 'kubeadm';
}
