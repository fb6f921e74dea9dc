import { type Loose, put, type Spoil } from './mutant';

type Any = Record<string, unknown>;
const record = (value: unknown): Any => (value ?? {}) as Any;
const list = (value: unknown): Any[] => (value ?? []) as Any[];

const WAYS = { ingress: 'from', egress: 'to' } as const;
const TYPES = { ingress: 'Ingress', egress: 'Egress' } as const;

/** What can go wrong with a NetworkPolicy. */
export function policySpoils(policy: Loose): Readonly<Record<string, Spoil>> {
  const changes: Record<string, Spoil> = {
    'podSelector typo': (object) => typoIn(record(object.spec).podSelector),
    'for every Pod': (object) =>
      Object.keys(record(record(object.spec).podSelector)).length > 0 &&
      put(record(object.spec), 'podSelector', {}),
  };
  for (const way of ['ingress', 'egress'] as const) {
    const other = way === 'ingress' ? 'egress' : 'ingress';
    if (policy.spec?.[other] === undefined)
      changes[`${other} closed as well`] = (object) => {
        const spec = record(object.spec);
        spec.policyTypes = [...new Set([...((spec.policyTypes ?? [TYPES[way]]) as string[]), TYPES[other]])];
        return (spec.policyTypes as string[]).length > 1;
      };
    list(record(policy.spec)[way]).forEach((rule, index) => {
      Object.assign(changes, ruleSpoils(way, rule, index));
    });
  }
  return changes;
}

function ruleSpoils(way: 'ingress' | 'egress', rule: Any, index: number): Record<string, Spoil> {
  const peers = WAYS[way];
  const name = `${way} rule ${index + 1}`;
  const onRule =
    (change: (own: Any) => unknown): Spoil =>
    (object) => {
      const own = list(record(object.spec)[way])[index];
      return own ? change(own) : false;
    };
  const changes: Record<string, Spoil> = {
    [`${name} left out`]: (object) => list(record(object.spec)[way]).splice(index, 1),
    [`${name} open to all`]: onRule((own) => (own[peers] ? delete own[peers] : false)),
    [`${name} for every port`]: onRule((own) => (own.ports ? delete own.ports : false)),
    [`${name} port moved`]: onRule((own) => {
      const [port] = list(own.ports);
      if (port?.port === undefined) return false;
      return put(port, 'port', typeof port.port === 'number' ? port.port + 1 : `${port.port}x`);
    }),
    [`${name} protocol UDP`]: onRule((own) => {
      const [port] = list(own.ports);
      return port && port.protocol !== 'UDP' ? put(port, 'protocol', 'UDP') : false;
    }),
  };
  list(rule[peers]).forEach((peer, place, all) => {
    const which = all.length > 1 ? ` ${place + 1}` : '';
    const onPeer = (change: (own: Any) => unknown): Spoil =>
      onRule((own) => {
        const found = list(own[peers])[place];
        return found ? change(found) : false;
      });
    changes[`${name} peer${which} typo`] = onPeer((own) => typoIn(own.podSelector));
    changes[`${name} namespace of peer${which} typo`] = onPeer((own) => typoIn(own.namespaceSelector));
    if (peer.podSelector === undefined || peer.namespaceSelector === undefined) return;
    changes[`${name} peer${which} of any namespace`] = onPeer((own) => put(own, 'namespaceSelector', {}));
    changes[`${name} peer${which} of the policy's namespace`] = onPeer((own) => delete own.namespaceSelector);
    changes[`${name} every Pod of the namespaces of peer${which}`] = onPeer((own) => delete own.podSelector);
    changes[`${name} peer${which} as two`] = onRule((own) => {
      const { podSelector, ...rest } = record(list(own[peers])[place]);
      list(own[peers]).splice(place, 1, rest, { podSelector });
    });
  });
  return changes;
}

/** A selector that means nobody, by one letter more in the first thing that it asks for. */
function typoIn(selector: unknown): boolean {
  const { matchLabels, matchExpressions } = record(selector);
  const [key] = Object.keys(record(matchLabels));
  if (key !== undefined) return put(record(matchLabels), key, `${record(matchLabels)[key]}x`);
  const [expression] = list(matchExpressions);
  const values = expression?.values as string[] | undefined;
  if (expression === undefined || values?.[0] === undefined) return false;
  return put(expression, 'values', [`${values[0]}x`, ...values.slice(1)]);
}
