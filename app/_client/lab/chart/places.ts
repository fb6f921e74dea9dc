import type { Hop, Vantage } from '../../../../lib/api';
import type { TracedView } from '../../../../lib/server';
import type { ServiceLine } from '../cluster-summary';

/**
 * Where on the chart something is: "Pod/default/web-1", "Service/default/web", "node/worker-1", "office", "internet",
 * "dns".
 */
export type Place = string;

const BEYOND = /^(?:office|admin)/;

/** The place of one hop; undefined when it happens where the one before it did. */
export function placeOf({ at, object }: Hop, services: readonly ServiceLine[]): Place | undefined {
  if (at === 'DNS') return 'dns';
  const pod = /^pod ([^/]+)\/(.+)$/.exec(at);
  if (pod) return pod[1]?.startsWith('kube-') ? 'dns' : `Pod/${pod[1]}/${pod[2]}`;
  const service = object && serviceOf(object, services);
  if (service !== undefined) return service;
  const node = /^node (\S+)/.exec(at);
  // A route only passes by; what a node's own sockets do happens there.
  if (node) return object === undefined ? `node/${node[1]}` : undefined;
  if (BEYOND.test(at)) return 'office';
  return at === 'internet' || at === 'outside' ? 'internet' : undefined;
}

function serviceOf(
  { resource, namespace, name }: NonNullable<Hop['object']>,
  services: readonly ServiceLine[],
): Place | undefined {
  if (resource === 'services' && !namespace.startsWith('kube-')) return `Service/${namespace}/${name}`;
  const listed = services.find((service) => service.namespace === namespace && service.slices.includes(name));
  return listed && `Service/${listed.namespace}/${listed.name}`;
}

/** The place of whoever sends from there. */
export function vantagePlace(from: Vantage): Place {
  if (from.kind === 'pod') return `Pod/${from.namespace}/${from.name}`;
  return from.kind === 'node' ? `node/${from.name}` : from.kind;
}

/** Where a request is at each of its hops. */
export function courseOf({ sender, trace }: TracedView, services: readonly ServiceLine[]): readonly Place[] {
  let place = sender === undefined ? '' : vantagePlace(sender);
  return trace.map((hop) => {
    place = placeOf(hop, services) ?? place;
    return place;
  });
}
