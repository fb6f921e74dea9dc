import type { EndpointSlice, Json, Pod, Service, Stored, View } from '../../../api';
import { matchesLabels, selectorFromMap } from '../../../api';
import { deepEqual, isRecord } from '../../../base';
import type { Lab } from '../../../labs';
import type { Workspace } from '../../../workspace';

/** A Service that a lab asks about, as the solution left it, with who stands behind it. */
export interface Target {
  readonly service: Stored<Service>;
  readonly namespace: string;
  readonly name: string;
  readonly pods: readonly Stored<Pod>[];
}

/** The first few tell as much of a lab's checks as all of them. */
const MOST_TARGETS = 2;

/**
 * The Services that a lab's checks name or call, and that find Pods by a selector: those that the solution made or mended.
 * One that was right from the beginning is not what the lab is about, unless all were: then the way to it is.
 */
export function targetsOf(lab: Lab, start: Workspace, { view }: Workspace): readonly Target[] {
  const asked = lab.tasks.flatMap(({ checks }) => checks).flatMap(({ fields }) => servicesIn(fields));
  const unique = new Map(asked.map((each) => [`${each.namespace}/${each.name}`, each]));
  const targets = [...unique.values()].flatMap(({ namespace, name }): Target[] => {
    const service = view.get<Service>('services', namespace, name);
    const selector = service?.spec?.selector;
    if (service === undefined || selector === undefined) return [];
    const pods = view
      .list<Pod>('pods', namespace)
      .filter((pod) => matchesLabels(selectorFromMap(selector), pod.metadata.labels));
    return pods.length > 0 ? [{ service, namespace, name, pods }] : [];
  });
  const changed = targets.filter(
    ({ namespace, name }) => !deepEqual(look(start.view, namespace, name), look(view, namespace, name)),
  );
  return (changed.length > 0 ? changed : targets).slice(0, MOST_TARGETS);
}

/** What a Service is, and what it leads to. */
function look(view: View, namespace: string, name: string): unknown {
  const service = view.get<Service>('services', namespace, name);
  const slices = view
    .list<EndpointSlice>('endpointslices.discovery.k8s.io', namespace)
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name);
  return {
    spec: service?.spec,
    ports: slices.map(({ ports }) => ports),
    ready: slices.flatMap(({ endpoints }) => endpoints ?? []).filter(({ conditions }) => conditions?.ready)
      .length,
  };
}

interface Asked {
  readonly namespace: string;
  readonly name: string;
}

/** Services named by a check or by those inside it: `service: X`, `host: X` and `host: X.NAMESPACE…`. */
export function servicesIn(fields: Json): readonly Asked[] {
  if (Array.isArray(fields)) return fields.flatMap(servicesIn);
  if (!isRecord(fields)) return [];
  const own = typeof fields.namespace === 'string' ? fields.namespace : 'default';
  const { service, host } = fields;
  const [name, namespace = own] = typeof host === 'string' ? host.split('.') : [];
  return [
    ...(typeof service === 'string' ? [{ namespace: own, name: service }] : []),
    ...(name === undefined ? [] : [{ namespace, name }]),
    ...Object.values(fields).flatMap((each) => servicesIn(each as Json)),
  ];
}
