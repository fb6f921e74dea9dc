import type { Pod, Service } from '../../../api';
import { matchesLabels, selectorFromMap } from '../../../api';
import { isRecord } from '../../../base';
import type { Workspace } from '../../../workspace';
import type { ScriptPart } from '../script-parts';
import { type Manifest, manifestsIn, withManifests } from './manifests';

/** Services that name a port number it, and those that number a port name it, where all Pods behind agree. */
export function withOtherPorts(part: ScriptPart, solved: Workspace): ScriptPart {
  const objects = manifestsIn(part);
  if (!objects?.some(({ kind }) => kind === 'Service')) return part;
  return withManifests(
    part,
    objects.map((object) => otherPorts(object, solved)),
  );
}

function otherPorts(object: Manifest, { view }: Workspace): Manifest {
  const ports = object.spec?.ports;
  const { name = '', namespace = 'default' } = object.metadata;
  const service = view.get<Service>('services', namespace, name);
  const selector = service?.spec?.selector;
  if (object.kind !== 'Service' || !Array.isArray(ports) || selector === undefined) return object;
  const pods = view
    .list<Pod>('pods', namespace)
    .filter((pod) => matchesLabels(selectorFromMap(selector), pod.metadata.labels));
  const changed = ports.map((port: unknown) =>
    isRecord(port)
      ? { ...port, targetPort: otherWord(pods, port.targetPort ?? port.port) ?? port.targetPort }
      : port,
  );
  return { ...object, spec: { ...object.spec, ports: changed.map(withoutUnset) } };
}

const withoutUnset = (port: unknown): unknown =>
  isRecord(port) ? Object.fromEntries(Object.entries(port).filter(([, value]) => value !== undefined)) : port;

/** How else the Pods' containers call a port; undefined when they do not, or not all alike. */
function otherWord(pods: readonly Pod[], target: unknown): string | number | undefined {
  const words = pods.map((pod) => {
    const ports = (pod.spec?.containers ?? []).flatMap((container) => container.ports ?? []);
    return typeof target === 'number'
      ? ports.find(({ containerPort }) => containerPort === target)?.name
      : ports.find(({ name }) => name === target)?.containerPort;
  });
  const [first] = words;
  return words.every((word) => word === first) ? first : undefined;
}
