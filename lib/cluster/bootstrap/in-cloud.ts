import type { KubeObject } from '../../api';
import { cloudLabels, type Instance, providerIdOf } from '../cloud';

type NodeObject = KubeObject & {
  readonly spec?: object;
  readonly status?: { readonly addresses?: readonly { readonly type: string; readonly address: string }[] };
};

/** A node whose machine is an instance, as the cloud's node controller leaves it: provider ID, zone, DNS names. */
export function inCloud(node: KubeObject, instance: Instance): KubeObject {
  const { metadata, spec, status } = node as NodeObject;
  const addresses = (status?.addresses ?? []).flatMap((each) =>
    each.type === 'Hostname' ? [{ type: 'InternalDNS', address: instance.privateDns }, each] : [each],
  );
  return {
    ...node,
    metadata: { ...metadata, labels: { ...metadata.labels, ...cloudLabels(instance) } },
    spec: { ...spec, providerID: providerIdOf(instance) },
    status: { ...status, addresses },
  } as KubeObject;
}
