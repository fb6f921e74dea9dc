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

/** What can go wrong with a NetworkPolicy. */
export function policySpoils(policy: Loose): Readonly<Record<string, Spoil>> {
  const changes: Record<string, Spoil> = {
    'podSelector typo': (object) => {
      const labels = record(record(record(object.spec).podSelector).matchLabels);
      const [key] = Object.keys(labels);
      return key === undefined ? false : put(labels, key, `${labels[key]}x`);
    },
  };
  for (const way of ['ingress', 'egress'] as const) {
    list(record(policy.spec)[way]).forEach((_rule, index) => {
      const onRule =
        (change: (own: Any) => unknown): Spoil =>
        (object) => {
          const own = list(record(object.spec)[way])[index];
          return own ? change(own) : false;
        };
      const peers = way === 'ingress' ? 'from' : 'to';
      changes[`${way} rule ${index + 1} left out`] = (object) =>
        list(record(object.spec)[way]).splice(index, 1);
      changes[`${way} rule ${index + 1} open to all`] = onRule((own) =>
        own[peers] ? delete own[peers] : false,
      );
      changes[`${way} rule ${index + 1} port moved`] = onRule((own) => {
        const [port] = list(own.ports);
        return port && typeof port.port === 'number' ? put(port, 'port', port.port + 1) : false;
      });
      changes[`${way} rule ${index + 1} peer typo`] = onRule((own) => {
        const [peer] = list(own[peers]);
        const labels = record(record(record(peer).podSelector).matchLabels);
        const [key] = Object.keys(labels);
        return key === undefined ? false : put(labels, key, `${labels[key]}x`);
      });
    });
  }
  return changes;
}

/** What can go wrong with an EndpointSlice written by hand. */
export const sliceSpoils: Readonly<Record<string, Spoil>> = {
  'address wrong': (object) => {
    const [endpoint] = list(object.endpoints);
    return endpoint ? put(endpoint, 'addresses', ['203.0.113.254']) : false;
  },
  'port moved': (object) => {
    const [port] = list(object.ports);
    return port ? put(port, 'port', Number(port.port) + 1) : false;
  },
  'service label off': (object) =>
    delete record(record(object.metadata).labels)['kubernetes.io/service-name'],
};
