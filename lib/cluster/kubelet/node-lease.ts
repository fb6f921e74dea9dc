import type { Lease, Node, Stored, View } from '../../api';
import { formatMicroTime } from '../../base';
import { patchObject, planOf, REST } from '../controllers';
import { NODE_LEASE, untilNextBeat } from '../heartbeats';
import type { Action, Plan } from '../seams';

const NAMESPACE = 'kube-node-lease';
const LEASES = { group: 'coordination.k8s.io', version: 'v1', resource: 'leases' };
const DURATION_SECONDS = 40;

function leaseOf(view: View, { metadata }: Stored<Node>): Stored<Lease> | undefined {
  return view.get<Lease>('leases.coordination.k8s.io', NAMESPACE, metadata.name);
}

const ownersOf = ({ metadata: { name, uid } }: Stored<Node>) => [
  { apiVersion: 'v1', kind: 'Node', name, uid },
];

/** A kubelet that finds no Lease at its next renewal makes one; one without an owner gets the node (SetNodeOwnerFunc). */
export function keepLease(view: View, node: Stored<Node>, now: number): Plan {
  const lease = leaseOf(view, node);
  if (lease !== undefined) {
    if ((lease.metadata.ownerReferences ?? []).length > 0) return REST;
    return { actions: [patchObject(LEASES, lease, { metadata: { ownerReferences: ownersOf(node) } })] };
  }
  const { name } = node.metadata;
  const wait = untilNextBeat(NODE_LEASE, name, now);
  if (wait > 0) return planOf([], wait);
  const object: Lease = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: NAMESPACE, ownerReferences: ownersOf(node) },
    spec: {
      holderIdentity: name,
      leaseDurationSeconds: DURATION_SECONDS,
      renewTime: formatMicroTime(now),
    },
  };
  return { actions: [{ verb: 'create', ref: LEASES, object }] };
}

/** The renewal with which a kubelet begins. */
export function renewLease(view: View, node: Stored<Node>, renewTime: string): Action | undefined {
  const lease = leaseOf(view, node);
  return lease && patchObject(LEASES, lease, { spec: { renewTime } });
}
