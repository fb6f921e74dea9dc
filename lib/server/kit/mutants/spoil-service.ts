import { type Loose, put, type Spoil } from './mutant';

type Any = Record<string, unknown>;
const spec = (object: Loose): Any => (object.spec ?? {}) as unknown as Any;
const ports = (object: Loose): Any[] => (spec(object).ports ?? []) as Any[];
const selector = (object: Loose): Record<string, string> =>
  (spec(object).selector ?? {}) as Record<string, string>;

function retype(object: Loose, type: string): unknown {
  const own = spec(object);
  if (own.type === type || own.type === 'ExternalName' || own.clusterIP === 'None') return false;
  own.type = type;
  if (type === 'ClusterIP') for (const port of ports(object)) delete port.nodePort;
  if (type === 'ClusterIP') delete own.externalTrafficPolicy;
  return true;
}

/** What can go wrong with a Service. */
export function serviceSpoils(service: Loose): Readonly<Record<string, Spoil>> {
  const changes: Record<string, Spoil> = {
    'selector off': (object) => (spec(object).selector ? delete spec(object).selector : false),
    'type ClusterIP': (object) => retype(object, 'ClusterIP'),
    'type NodePort': (object) => retype(object, 'NodePort'),
    'headless turned': (object) => {
      const own = spec(object);
      if (own.type !== undefined && own.type !== 'ClusterIP') return false;
      own.clusterIP = own.clusterIP === 'None' ? undefined : 'None';
      delete own.clusterIPs;
      return true;
    },
    'traffic policy turned': (object) => {
      const own = spec(object);
      if (own.externalTrafficPolicy === undefined) return false;
      own.externalTrafficPolicy = own.externalTrafficPolicy === 'Local' ? 'Cluster' : 'Local';
      return true;
    },
    'session affinity turned': (object) => {
      const own = spec(object);
      if (own.type === 'ExternalName' || own.clusterIP === 'None') return false;
      own.sessionAffinity = own.sessionAffinity === 'ClientIP' ? 'None' : 'ClientIP';
      delete own.sessionAffinityConfig;
      return true;
    },
    'external name typo': (object) =>
      spec(object).externalName ? put(spec(object), 'externalName', `x${spec(object).externalName}`) : false,
  };
  for (const key of Object.keys(selector(service))) {
    changes[`selector ${key} typo`] = (object) => {
      selector(object)[key] = `${selector(object)[key]}x`;
    };
    if (Object.keys(selector(service)).length > 1)
      changes[`selector ${key} left out`] = (object) => delete selector(object)[key];
  }
  for (const [index, port] of ports(service).entries())
    Object.assign(changes, portSpoils(port, index, ports(service).length));
  return changes;
}

function portSpoils(port: Any, index: number, count: number): Record<string, Spoil> {
  const at = count > 1 ? ` of port ${index + 1}` : '';
  const each =
    (change: (own: Any) => unknown): Spoil =>
    (object) => {
      const own = ports(object)[index];
      return own ? change(own) : false;
    };
  return {
    [`port moved${at}`]: each((own) => {
      own.port = Number(own.port) + 1;
    }),
    [`targetPort wrong${at}`]: each((own) => {
      own.targetPort = typeof own.targetPort === 'number' ? own.targetPort + 1 : `${own.targetPort}x`;
    }),
    [`port and targetPort swapped${at}`]: each((own) => {
      if (typeof own.targetPort !== 'number' || own.targetPort === own.port) return false;
      [own.port, own.targetPort] = [own.targetPort, own.port];
      return true;
    }),
    [`protocol UDP${at}`]: each((own) => {
      if (port.protocol === 'UDP') return false;
      own.protocol = 'UDP';
      return true;
    }),
    ...(port.nodePort === undefined
      ? {}
      : {
          [`nodePort moved${at}`]: each((own) => {
            own.nodePort = own.nodePort === 32_767 ? 32_766 : Number(own.nodePort) + 1;
          }),
        }),
    ...(count > 1
      ? {
          [`port ${index + 1} left out`]: (object: Loose) => ports(object).splice(index, 1),
        }
      : {}),
  };
}
