import { type Loose, put, type Spoil } from './mutant';

type Any = Record<string, unknown>;
const record = (value: unknown): Any => (value ?? {}) as Any;
const list = (value: unknown): Any[] => (value ?? []) as Any[];

/** What can go wrong with the data of a ConfigMap or Secret. */
export function dataSpoils(object: Loose): Readonly<Record<string, Spoil>> {
  const keys = Object.keys(record(object.data)).slice(0, 4);
  return Object.fromEntries(
    keys.map((key) => [
      `${key} wrong`,
      (changed: Loose) => {
        const data = record(changed.data);
        // Base64 of something else, for a Secret; any other text, for a ConfigMap.
        data[key] = changed.kind === ('Secret' as unknown) ? 'd3Jvbmc=' : `wrong ${data[key]}`;
      },
    ]),
  );
}

/** What can go wrong with a Role or ClusterRole. */
export function roleSpoils(role: Loose): Readonly<Record<string, Spoil>> {
  const changes: Record<string, Spoil> = {};
  list(role.rules).forEach((rule, index) => {
    const onRule =
      (change: (own: Any) => unknown): Spoil =>
      (object) => {
        const own = list(object.rules)[index];
        return own ? change(own) : false;
      };
    changes[`rule ${index + 1} widened to all verbs`] = onRule((own) => put(own, 'verbs', ['*']));
    changes[`rule ${index + 1} widened to all resources`] = onRule((own) =>
      own.resources ? put(own, 'resources', ['*']) : false,
    );
    for (const verb of (rule.verbs ?? []) as string[])
      changes[`rule ${index + 1} without ${verb}`] = onRule((own) => {
        own.verbs = ((own.verbs ?? []) as string[]).filter((each) => each !== verb);
        return (own.verbs as string[]).length > 0;
      });
  });
  return changes;
}

/** What can go wrong with a RoleBinding or ClusterRoleBinding. */
export const bindingSpoils: Readonly<Record<string, Spoil>> = {
  'subject typo': (object) => {
    const [subject] = list(object.subjects);
    return subject ? put(subject, 'name', `${subject.name}x`) : false;
  },
  'role typo': (object) => put(record(object.roleRef), 'name', `${record(object.roleRef).name}x`),
};

/** What can go wrong with an EndpointSlice written by hand. */
export function sliceSpoils(slice: Loose): Readonly<Record<string, Spoil>> {
  const onFirst =
    (field: 'endpoints' | 'ports', change: (own: Any) => unknown): Spoil =>
    (object) => {
      const [own] = list(object[field]);
      return own ? change(own) : false;
    };
  return {
    'address wrong': onFirst('endpoints', (own) => put(own, 'addresses', ['203.0.113.254'])),
    'address not ready': onFirst('endpoints', (own) =>
      put(own, 'conditions', { ...record(own.conditions), ready: false }),
    ),
    'no addresses': (object) => put(object as unknown as Any, 'endpoints', []),
    'port moved': onFirst('ports', (own) => put(own, 'port', Number(own.port) + 1)),
    'port name typo': onFirst('ports', (own) => put(own, 'name', `${own.name ?? 'port'}x`)),
    'protocol UDP': onFirst('ports', (own) => (own.protocol === 'UDP' ? false : put(own, 'protocol', 'UDP'))),
    'service label off': (object) =>
      delete record(record(object.metadata).labels)['kubernetes.io/service-name'],
    'service label typo': (object) => {
      const labels = record(record(object.metadata).labels);
      return put(labels, 'kubernetes.io/service-name', `${labels['kubernetes.io/service-name']}x`);
    },
    ...(list(slice.endpoints).length > 1
      ? { 'one address left out': (object: Loose) => list(object.endpoints).splice(0, 1) }
      : {}),
  };
}

/** What can go wrong with an Ingress. */
export function ingressSpoils(ingress: Loose): Readonly<Record<string, Spoil>> {
  const changes: Record<string, Spoil> = {
    'class typo': (object) => {
      const spec = record(object.spec);
      return spec.ingressClassName ? put(spec, 'ingressClassName', `${spec.ingressClassName}x`) : false;
    },
  };
  list(record(ingress.spec).rules).forEach((rule, index) => {
    const onRule =
      (change: (own: Any) => unknown): Spoil =>
      (object) => {
        const own = list(record(object.spec).rules)[index];
        return own ? change(own) : false;
      };
    changes[`host ${index + 1} typo`] = onRule((own) =>
      own.host ? put(own, 'host', `x${own.host}`) : false,
    );
    list(record(rule.http).paths).forEach((_path, place) => {
      const onPath = (change: (own: Any, service: Any) => unknown): Spoil =>
        onRule((own) => {
          const path = list(record(own.http).paths)[place];
          return path ? change(path, record(record(path.backend).service)) : false;
        });
      const at = `${index + 1}.${place + 1}`;
      changes[`path ${at} typo`] = onPath((own) => put(own, 'path', `${own.path ?? ''}x`));
      changes[`path ${at} exact`] = onPath((own) =>
        own.pathType === 'Exact' ? false : put(own, 'pathType', 'Exact'),
      );
      changes[`backend ${at} typo`] = onPath((_own, service) => put(service, 'name', `${service.name}x`));
      changes[`backend port ${at} wrong`] = onPath((_own, service) => {
        const port = record(service.port);
        return port.number === undefined
          ? put(port, 'name', `${port.name}x`)
          : put(port, 'number', Number(port.number) + 1);
      });
    });
  });
  return changes;
}

/** What can go wrong with a Corefile, beside its being no Corefile at all. */
export const corefileSpoils: Readonly<Record<string, Spoil>> = {
  'cluster domain typo': inCorefile('cluster.local', 'cluster.locale'),
  'kubernetes left out': inCorefile(/^\s*kubernetes [^{]*\{[^}]*\}\n/m, ''),
  'forward left out': inCorefile(/^\s*forward [^\n{]*(\{[^}]*\})?\n/m, ''),
};

function inCorefile(from: string | RegExp, to: string): Spoil {
  return (object) => {
    const data = record(object.data);
    const text = data.Corefile;
    return typeof text === 'string' ? put(data, 'Corefile', text.replace(from, to)) : false;
  };
}
