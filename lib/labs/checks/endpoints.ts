import { z } from 'zod';
import type { EndpointSlice, Pod, Service } from '../../api';
import { matchesLabels, selectorFromMap } from '../../api';
import type { Evidence, Finding } from '../seams';
import { defineCheck, MET } from './check-kind';
import {
  describeMembers,
  describeNoneReady,
  describeReady,
  isReady,
  labelText,
  memberFields,
  ONE_WAY,
  podsOf,
  waysUsed,
  workloadOf,
} from './members';

const ports = z.array(z.number().int()).min(1);

const schema = z
  .strictObject({
    namespace: z.string().default('default'),
    service: z.string(),
    /** The ready Pods of these, all of them and no others, must stand behind the Service … */
    ...memberFields,
    /** … or exactly these addresses, in slices written by hand. */
    addresses: z.array(z.string()).min(1).optional(),
    /** The port, or ports, of each of them. */
    port: z.union([z.number().int(), ports]).optional(),
    /** Ports that only some Pods have: by Pod name, or by a label's value as `label=value`. */
    portOf: z.record(z.string(), z.number().int()).optional(),
  })
  .refine((fields) => (fields.addresses ? waysUsed(fields) === 0 : waysUsed(fields) === 1), {
    error: `${ONE_WAY}, or addresses`,
  })
  .refine((fields) => (fields.port === undefined) !== (fields.portOf === undefined), {
    error: 'needs port or portOf',
  });

type Fields = z.infer<typeof schema>;

const CONTROLLER = 'endpointslice-controller.k8s.io';
/** What stands for the port of an address whose slice has none. */
const NO_PORT = 'none';

/** A Service's ready endpoints are exactly these Pods on these ports, kept so by the controller. */
export const endpointsCheck = defineCheck('endpoints', schema, async (fields, evidence): Promise<Finding> => {
  const { view } = evidence;
  const service = view.get<Service>('services', fields.namespace, fields.service);
  if (!service) {
    const others = view.list('services', fields.namespace).map((each) => each.metadata.name);
    return {
      outcome: 'not-met',
      reason: `There is no Service "${fields.service}" in namespace ${fields.namespace}.`,
      expected: fields.service,
      actual: others.join(', ') || 'none',
    };
  }
  const slices = view
    .list<EndpointSlice>('endpointslices.discovery.k8s.io', fields.namespace)
    .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === fields.service);
  const found = slices.flatMap(readyAddresses).sort();
  if (fields.addresses) return byHand(fields, fields.addresses, found);
  return (
    handMade(service, slices) ??
    missed(fields, service, evidence) ??
    compared(fields, service, found, evidence)
  );
});

function byHand(fields: Fields, addresses: readonly string[], found: readonly string[]): Finding {
  const wanted = addresses.flatMap((ip) => portList(fields).map((port) => `${ip}:${port}`)).sort();
  const [expected, actual] = [wanted.join(', '), found.join(', ') || 'none'];
  if (expected === actual) return MET;
  return {
    outcome: 'not-met',
    reason: `The endpoints of Service ${fields.service} (its EndpointSlices) are not the addresses outside that it should lead to.`,
    expected,
    actual,
  };
}

const portList = ({ port }: Fields): readonly number[] =>
  port === undefined ? [] : typeof port === 'number' ? [port] : port;

function handMade(service: Service, slices: readonly EndpointSlice[]): Finding | undefined {
  const foreign = slices.find(
    // An empty list adds nobody, whoever wrote it.
    ({ metadata, endpoints }) =>
      endpoints.length > 0 && metadata.labels?.['endpointslice.kubernetes.io/managed-by'] !== CONTROLLER,
  );
  if (foreign) {
    return {
      outcome: 'not-met',
      reason: `EndpointSlice ${foreign.metadata.name} was written by hand (label endpointslice.kubernetes.io/managed-by): the addresses in it stay when Pods are replaced. A selector in Service ${service.metadata.name} lets the controller keep them.`,
      expected: CONTROLLER,
      actual: foreign.metadata.labels?.['endpointslice.kubernetes.io/managed-by'] ?? 'not set',
    };
  }
  if (Object.keys(service.spec?.selector ?? {}).length > 0) return undefined;
  return {
    outcome: 'not-met',
    reason: `Service ${service.metadata.name} has no selector (spec.selector): no controller looks for Pods on its behalf.`,
    expected: 'spec.selector',
    actual: 'not set',
  };
}

/** A Pod that should be led to is gone, or the selector leaves it out. */
function missed(fields: Fields, service: Service, evidence: Evidence): Finding | undefined {
  const selector = service.spec?.selector ?? {};
  const pods = podsOf(evidence, fields.namespace, fields);
  const gone = fields.pods?.find((name) => !pods.some(({ metadata }) => metadata.name === name));
  if (gone !== undefined)
    return {
      outcome: 'not-met',
      reason: `There is no Pod "${gone}" in namespace ${fields.namespace}, and Service ${fields.service} should lead to it.`,
      expected: gone,
      actual: 'none',
    };
  const left = pods.find((pod) => !matchesLabels(selectorFromMap(selector), pod.metadata.labels));
  if (!left) return undefined;
  return {
    outcome: 'not-met',
    reason: `Service ${fields.service} selects ${labelText(selector)} (spec.selector); Pod ${left.metadata.name}${workloadOf(fields) ? ` of ${describeMembers(fields)}` : ''} does not carry that.`,
    expected: labelText(left.metadata.labels ?? {}),
    actual: labelText(selector),
    labels: {
      service: fields.service,
      pod: left.metadata.name,
      selector,
      labels: left.metadata.labels ?? {},
    },
  };
}

function compared(fields: Fields, service: Service, found: readonly string[], evidence: Evidence): Finding {
  const pods = podsOf(evidence, fields.namespace, fields).filter(isReady);
  const wanted = pods
    .flatMap((pod) => portsOf(fields, pod).map((port) => `${pod.status?.podIP}:${port}`))
    .sort();
  const expected = wanted.join(', ') || 'a ready Pod';
  const actual = found.join(', ') || 'none';
  if (expected === actual) return MET;
  return { outcome: 'not-met', reason: whyDifferent(fields, service, wanted, found), expected, actual };
}

function whyDifferent(
  fields: Fields,
  service: Service,
  wanted: readonly string[],
  found: readonly string[],
): string {
  const ips = (list: readonly string[]) => [...new Set(list.map((each) => each.split(':')[0]))].join();
  const portsIn = (list: readonly string[]) =>
    [...new Set(list.map((each) => each.split(':')[1]))].join(', ');
  if (wanted.length === 0)
    return `${describeNoneReady(fields)}, so Service ${fields.service} has nothing to send to.`;
  if (ips(wanted) !== ips(found))
    return `The ready endpoints of Service ${fields.service} are not ${describeReady(fields)} on port ${portsIn(wanted)}.`;
  const targets = service.spec?.ports?.map((each) => JSON.stringify(each.targetPort)).join(', ');
  if (found.some((each) => each.endsWith(`:${NO_PORT}`)))
    return `Service ${fields.service} finds no port ${targets} (spec.ports[0].targetPort) in some of its Pods; they listen on ${portsIn(wanted)}.`;
  return `Service ${fields.service} sends to port ${portsIn(found)} of its Pods (spec.ports[0].targetPort is ${targets}); they listen on ${portsIn(wanted)}.`;
}

function portsOf(fields: Fields, pod: Pod): readonly number[] {
  if (!fields.portOf) return portList(fields);
  const labels = Object.entries(pod.metadata.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  const keys = [pod.metadata.name, ...labels];
  return Object.entries(fields.portOf).flatMap(([key, port]) => (keys.includes(key) ? [port] : []));
}

/** `address:port` of every ready endpoint; a slice without ports gives none that could be reached. */
function readyAddresses(slice: EndpointSlice): string[] {
  const ready = slice.endpoints.filter((endpoint) => endpoint.conditions?.ready !== false);
  const numbers = slice.ports?.length ? slice.ports.map((each) => String(each.port)) : [NO_PORT];
  return ready.flatMap((endpoint) =>
    endpoint.addresses.flatMap((ip) => numbers.map((port) => `${ip}:${port}`)),
  );
}
