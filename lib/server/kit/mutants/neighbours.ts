import type { Json, Stored } from '../../../api';
import { isRecord } from '../../../base';
import type { Lab } from '../../../labs';
import { servicesIn } from '../cheats/targets';

/** Kinds that act on traffic by being there, whether or not a check names them. */
const ACT_ON_TRAFFIC = ['EndpointSlice', 'NetworkPolicy', 'Ingress'];

/** Services that a lab's checks name or call, and what acts on the traffic of the namespaces that they look into. */
export function neighbours(
  lab: Lab,
  objects: ReadonlyMap<string, Stored>,
): readonly (readonly [string, Stored])[] {
  const fields = lab.tasks.flatMap(({ checks }) => checks.map((check) => check.fields));
  const services = new Set(
    fields.flatMap(servicesIn).map(({ namespace, name }) => `services ${namespace} ${name}`),
  );
  const namespaces = new Set(['default', ...fields.flatMap(namespacesIn)]);
  return [...objects].filter(
    ([key, { kind, metadata }]) =>
      services.has(key) || (ACT_ON_TRAFFIC.includes(kind) && namespaces.has(metadata.namespace ?? '')),
  );
}

function namespacesIn(fields: Json): readonly string[] {
  if (Array.isArray(fields)) return fields.flatMap(namespacesIn);
  if (!isRecord(fields)) return [];
  const { namespace } = fields;
  return [
    ...(typeof namespace === 'string' ? [namespace] : []),
    ...Object.values(fields).flatMap((each) => namespacesIn(each as Json)),
  ];
}
