import type { Stored, View } from '../../../api';
import { deepEqual } from '../../../base';
import type { Lab } from '../../../labs';
import type { Workspace } from '../../../workspace';
import { type Loose, type Mutant, mutantsBy } from './mutant';
import { neighbours } from './neighbours';
import {
  bindingSpoils,
  corefileSpoils,
  dataSpoils,
  ingressSpoils,
  roleSpoils,
  sliceSpoils,
} from './spoil-others';
import { policySpoils } from './spoil-policy';
import { serviceSpoils } from './spoil-service';
import { podSpoils, replicaSpoils } from './spoil-workload';

/** Kinds that somebody other than the learner writes. */
const NOT_OURS = [
  'events',
  'events.events.k8s.io',
  'leases.coordination.k8s.io',
  'endpoints',
  'ipaddresses.networking.k8s.io',
];
/** Kinds that nobody has to call: where a solution deletes one, forgetting to is a mistake of its own. */
const ACTS_BY_BEING_THERE = ['EndpointSlice', 'NetworkPolicy', 'ResourceQuota'];
const CONTROLLER = 'endpointslice-controller.k8s.io';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';

/** Objects of a view that people wrote, by resource. */
async function writtenObjects(workspace: Workspace): Promise<Map<string, Stored>> {
  const found = new Map<string, Stored>();
  const { client, view } = workspace;
  for (const { group, resource } of await client.resources()) {
    const name = group === '' ? resource : `${resource}.${group}`;
    if (resource.includes('/') || NOT_OURS.includes(name)) continue;
    for (const object of listed(view, name))
      if (isWritten(object))
        found.set(`${name} ${object.metadata.namespace ?? ''} ${object.metadata.name}`, object);
  }
  return found;
}

function listed(view: View, resource: string): readonly Stored[] {
  try {
    return view.list(resource, '');
  } catch {
    // Virtual resources (reviews, metrics) are discovered and not stored.
    return [];
  }
}

function isWritten({ kind, metadata }: Stored): boolean {
  const { ownerReferences, labels, name, deletionTimestamp } = metadata;
  if (ownerReferences?.length || deletionTimestamp !== undefined) return false;
  // The API server keeps its own.
  if (kind === 'EndpointSlice') return labels?.[MANAGED_BY] !== CONTROLLER && name !== 'kubernetes';
  if (kind === 'Node' || kind === 'PersistentVolume') return false;
  return (
    !(kind === 'ConfigMap' && name === 'kube-root-ca.crt') &&
    !(kind === 'ServiceAccount' && name === 'default')
  );
}

/** Fewer mutants than these tell little of a lab's checks: then what stands around is spoilt as well. */
const LEAST_MUTANTS = 6;

/**
 * Every mutant of what a solution made or changed. Where that is little, as in a lab that is solved by taking something
 * away, also of what it left as it was and the checks look at: whoever mends one thing may break its neighbour.
 */
export async function findMutants(lab: Lab, start: Workspace, solved: Workspace): Promise<Mutant[]> {
  const before = await writtenObjects(start);
  const after = await writtenObjects(solved);
  const mutants: Mutant[] = [];
  for (const [key, object] of after) {
    const earlier = before.get(key);
    if (earlier && deepEqual(essence(earlier), essence(object))) continue;
    const label = labelOf(key, object);
    mutants.push(...mutantsOf(object, label, lab));
    if (earlier) mutants.push({ name: `${label}: as it was`, becomes: earlier, of: object, anew: true });
  }
  if (mutants.length < LEAST_MUTANTS)
    for (const [key, object] of neighbours(lab, after)) {
      const earlier = before.get(key);
      if (earlier && deepEqual(essence(earlier), essence(object)))
        mutants.push(...mutantsOf(object, labelOf(key, object), lab));
    }
  const gone = [...before].filter(([key, { kind }]) => ACTS_BY_BEING_THERE.includes(kind) && !after.has(key));
  for (const [key, object] of gone)
    mutants.push({ name: `${labelOf(key, object)}: still there`, becomes: object, of: object, anew: true });
  return mutants;
}

function labelOf(key: string, { metadata }: Stored): string {
  const [resource = ''] = key.split(' ');
  return `${resource.split('.')[0]}/${metadata.name}`;
}

/** An object without what the server keeps. */
function essence(object: Stored): unknown {
  const { metadata, status: _status, ...rest } = object as Stored & { status?: unknown };
  return { ...rest, labels: metadata.labels ?? {} };
}

function mutantsOf(object: Stored, label: string, lab: Lab): Mutant[] {
  const loose = object as unknown as Loose;
  const removed: Mutant = { name: `${label}: removed`, becomes: undefined, of: object };
  const elsewhere = object.metadata.namespace
    ? mutantsBy(object, label, { 'wrong namespace': intoAnother }, true)
    : [];
  switch (object.kind) {
    case 'Service':
      return [removed, ...elsewhere, ...mutantsBy(object, label, serviceSpoils(loose))];
    case 'Deployment':
    case 'StatefulSet':
      return [
        removed,
        ...elsewhere,
        ...mutantsBy(object, label, replicaSpoils),
        ...mutantsBy(object, label, podSpoils(loose, lab.cluster.images), true),
      ];
    case 'DaemonSet':
    case 'Pod':
      return [removed, ...elsewhere, ...mutantsBy(object, label, podSpoils(loose, lab.cluster.images), true)];
    case 'ConfigMap':
      return [removed, ...mutantsBy(object, label, isCorefile(object) ? corefileSpoils : dataSpoils(loose))];
    case 'Ingress':
      return [removed, ...mutantsBy(object, label, ingressSpoils(loose))];
    case 'Secret':
      return [removed, ...mutantsBy(object, label, dataSpoils(loose))];
    case 'Role':
    case 'ClusterRole':
      return [removed, ...mutantsBy(object, label, roleSpoils(loose))];
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return [removed, ...mutantsBy(object, label, bindingSpoils, true)];
    case 'NetworkPolicy':
      return [removed, ...mutantsBy(object, label, policySpoils(loose))];
    case 'EndpointSlice':
      return [removed, ...mutantsBy(object, label, sliceSpoils(loose))];
    default:
      return [removed];
  }
}

const isCorefile = ({ metadata }: Stored): boolean =>
  metadata.namespace === 'kube-system' && metadata.name === 'coredns';

/** Namespaces that every cluster has. */
function intoAnother(object: Loose): void {
  const metadata = object.metadata as unknown as { namespace: string };
  metadata.namespace = metadata.namespace === 'default' ? 'kube-public' : 'default';
}
