import { type Loose, put, type Spoil } from './mutant';

type Any = Record<string, unknown>;
const record = (value: unknown): Any => (value ?? {}) as Any;
const list = (value: unknown): Any[] => (value ?? []) as Any[];

/** Where an object's Pods are described: its template, or a Pod itself. */
const podOf = (object: Loose): Any => {
  const spec = record(object.spec);
  return spec.template ? record(spec.template) : (object as unknown as Any);
};
const labelsOf = (holder: Any): Record<string, string> =>
  (record(holder.metadata).labels ?? {}) as Record<string, string>;
const containersOf = (object: Loose): Any[] => list(record(podOf(object).spec).containers);

/** What can go wrong with the number of Pods. */
export const replicaSpoils: Readonly<Record<string, Spoil>> = {
  'replicas 0': (object) => put(record(object.spec), 'replicas', 0),
  'one replica fewer': (object) => {
    const spec = record(object.spec);
    if (Number(spec.replicas ?? 1) < 2) return false;
    spec.replicas = Number(spec.replicas) - 1;
    return true;
  },
};

/** What can go wrong with a Pod or a Pod template; such objects are made anew. */
export function podSpoils(workload: Loose, images: 'catalogue' | 'any'): Readonly<Record<string, Spoil>> {
  const changes: Record<string, Spoil> = {
    'nothing listens': (object) => {
      for (const container of containersOf(object)) {
        container.command = ['sleep', 'infinity'];
        delete container.args;
      }
    },
    'for nodes that there are not': (object) =>
      put(record(podOf(object).spec), 'nodeSelector', { 'kubernetes.io/hostname': 'nowhere' }),
    'node selection left out': (object) => {
      const spec = record(podOf(object).spec);
      if (spec.nodeSelector === undefined && spec.affinity === undefined) return false;
      delete spec.nodeSelector;
      return delete spec.affinity;
    },
    'tolerations left out': (object) => {
      const spec = record(podOf(object).spec);
      return object.kind === ('DaemonSet' as unknown) && spec.tolerations ? delete spec.tolerations : false;
    },
    "off the node's network": (object) => {
      const spec = record(podOf(object).spec);
      return spec.hostNetwork ? delete spec.hostNetwork : false;
    },
    'serviceName typo': (object) => {
      const spec = record(object.spec);
      return spec.serviceName ? put(spec, 'serviceName', `${spec.serviceName}x`) : false;
    },
    'volume claims left out': (object) => {
      const spec = record(object.spec);
      if (spec.volumeClaimTemplates === undefined) return false;
      delete spec.volumeClaimTemplates;
      for (const container of containersOf(object)) delete container.volumeMounts;
      return true;
    },
  };
  for (const key of Object.keys(labelsOf(podOf(workload)))) {
    changes[`label ${key} typo`] = (object) => {
      const labels = labelsOf(podOf(object));
      labels[key] = `${labels[key]}x`;
      const matched = record(record(record(object.spec).selector).matchLabels);
      if (key in matched) matched[key] = labels[key];
      const rules = list(record(record(object.spec).selector).matchExpressions);
      for (const rule of rules) if (rule.key === key) rule.values = [labels[key]];
    };
  }
  containersOf(workload).forEach((container, index, all) => {
    const at = all.length > 1 ? ` of ${container.name}` : '';
    Object.assign(changes, containerSpoils(container, index, at, images));
  });
  return changes;
}

function containerSpoils(
  container: Any,
  index: number,
  at: string,
  images: 'catalogue' | 'any',
): Record<string, Spoil> {
  const each =
    (change: (own: Any) => unknown): Spoil =>
    (object) => {
      const own = containersOf(object)[index];
      return own ? change(own) : false;
    };
  const changes: Record<string, Spoil> = {
    [`readiness removed${at}`]: each((own) => (own.readinessProbe ? delete own.readinessProbe : false)),
    [`command left out${at}`]: each((own) => {
      if (own.command === undefined && own.args === undefined) return false;
      delete own.command;
      return delete own.args;
    }),
  };
  list(container.ports).forEach((port, place, ports) => {
    const which = ports.length > 1 ? ` ${place + 1}` : '';
    const onPort = (change: (own: Any) => unknown): Spoil =>
      each((own) => {
        const found = list(own.ports)[place];
        return found ? change(found) : false;
      });
    // Elsewhere a declared port is a note to the reader.
    if (images === 'any' || port.name !== undefined)
      changes[`container port moved${which}${at}`] = onPort((own) => {
        own.containerPort = Number(own.containerPort) + 1;
      });
    if (port.name !== undefined)
      changes[`port name typo${which}${at}`] = onPort((own) => {
        own.name = `${own.name}x`;
      });
  });
  list(container.env).forEach(({ name }, place) => {
    changes[`env ${name} left out${at}`] = each((own) => list(own.env).splice(place, 1));
    changes[`env ${name} wrong${at}`] = each((own) => {
      const variable = list(own.env)[place];
      if (!variable || variable.value === undefined) return false;
      variable.value = `${variable.value}x`;
      return true;
    });
  });
  return changes;
}
