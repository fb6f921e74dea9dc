import type { Node, Service, ServicePort, Stored, View } from '../../api';
import { deepEqual } from '../../base';

/** Holds a Service until its balancer is gone. */
export const CLEANUP_FINALIZER = 'service.kubernetes.io/load-balancer-cleanup';

/** Whether a Service is for this controller: of type LoadBalancer, and of no class of its own. */
export function wantsBalancer({ spec }: Service): boolean {
  return spec?.type === 'LoadBalancer' && spec.loadBalancerClass === undefined;
}

/** Whether there is something to clean up after a Service, as its finalizer says. */
export function needsCleanup({ metadata, spec }: Service): boolean {
  if (metadata.finalizers?.includes(CLEANUP_FINALIZER) !== true) return false;
  return metadata.deletionTimestamp !== undefined || spec?.type !== 'LoadBalancer';
}

/** Whether a change of a Service concerns its balancer (cloud-provider controllers/service needsUpdate). */
export function needsUpdate(before: Stored<Service>, after: Stored<Service>): boolean {
  const wanted = wantsBalancer(before);
  const wants = wantsBalancer(after);
  if (!wanted && !wants) return false;
  return wanted !== wants || !deepEqual(factsOf(before), factsOf(after));
}

function factsOf({ metadata, spec = {} }: Stored<Service>): unknown {
  const port = ({ name, protocol, port: number, nodePort, targetPort, appProtocol }: ServicePort) => [
    name ?? '',
    protocol,
    number,
    nodePort ?? 0,
    targetPort,
    appProtocol ?? '',
  ];
  return [
    spec.loadBalancerSourceRanges ?? [],
    (spec.ports ?? []).map(port),
    spec.sessionAffinity,
    spec.sessionAffinityConfig ?? {},
    spec.loadBalancerIP ?? '',
    spec.externalIPs ?? [],
    metadata.annotations ?? {},
    metadata.uid,
    spec.externalTrafficPolicy ?? '',
    spec.healthCheckNodePort ?? 0,
    spec.ipFamilies?.length ?? 0,
  ];
}

const EXCLUDED = 'node.kubernetes.io/exclude-from-external-load-balancers';
const DOOMED = 'ToBeDeletedByClusterAutoscaler';
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

function isIncluded({ metadata }: Node): boolean {
  const value = metadata.labels?.[EXCLUDED];
  return value === undefined || FALSE.includes(value);
}

/** The nodes that balancers send to (stableNodeSetPredicates): ready or not, but neither excluded nor about to go. */
export function balancedNodes(view: View): readonly Stored<Node>[] {
  return view
    .list<Node>('nodes', '')
    .filter(
      (node) =>
        node.metadata.deletionTimestamp === undefined &&
        isIncluded(node) &&
        !node.spec?.taints?.some(({ key }) => key === DOOMED),
    );
}

/** Whether a change of a node may change who balancers send to (shouldSyncUpdatedNode). */
export function concernsBalancers(
  before: Stored<Node> | undefined,
  after: Stored<Node> | undefined,
): boolean {
  if (before === undefined || after === undefined) return true;
  return isIncluded(before) !== isIncluded(after) || before.spec?.providerID !== after.spec?.providerID;
}

/** A node as the controller tells it from others: "worker-1 aws:///us-east-1b/i-0…". */
export function nodeMark({ metadata, spec }: Stored<Node>): string {
  return `${metadata.name} ${spec?.providerID ?? ''}`;
}
