import { z } from 'zod';
import type { EndpointSlice, Service } from '../../api';
import { matchesLabels, selectorFromMap } from '../../api';
import type { Evidence, Finding } from '../seams';
import { defineCheck, MET } from './check-kind';
import { isReady, podsOf } from './pods-of';
import { labelText } from './workload';

const schema = z.strictObject({
  namespace: z.string().default('default'),
  service: z.string(),
  /** The ready Pods of this Deployment, all of them and no others, must stand behind the Service. */
  deployment: z.string(),
  port: z.number().int(),
});

const CONTROLLER = 'endpointslice-controller.k8s.io';

/** A Service's ready endpoints are exactly a Deployment's ready Pods on one port, kept so by the controller. */
export const endpointsCheck = defineCheck('endpoints', schema, async (fields, evidence): Promise<Finding> => {
  const { view } = evidence;
  const service = view.get<Service>('services', fields.namespace, fields.service);
  if (!service) {
    return {
      outcome: 'not-met',
      reason: `There is no Service "${fields.service}" in namespace ${fields.namespace}.`,
      expected: fields.service,
      actual:
        view
          .list('services', fields.namespace)
          .map((each) => each.metadata.name)
          .join(', ') || 'none',
    };
  }
  const slices = view
    .list<EndpointSlice>('endpointslices.discovery.k8s.io', fields.namespace)
    .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === fields.service);
  return (
    handMade(service, slices) ??
    missed(fields, service, evidence) ??
    compared(fields, service, slices, evidence)
  );
});

function handMade(service: Service, slices: readonly EndpointSlice[]): Finding | undefined {
  const foreign = slices.find(
    (slice) => slice.metadata.labels?.['endpointslice.kubernetes.io/managed-by'] !== CONTROLLER,
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

type Fields = z.infer<typeof schema>;

/** The selector leaves out Pods of the Deployment. */
function missed(fields: Fields, service: Service, evidence: Evidence): Finding | undefined {
  const selector = service.spec?.selector ?? {};
  const pods = podsOf(evidence, fields.namespace, fields.deployment);
  const left = pods.find((pod) => !matchesLabels(selectorFromMap(selector), pod.metadata.labels));
  if (!left) return undefined;
  return {
    outcome: 'not-met',
    reason: `Service ${fields.service} selects ${labelText(selector)} (spec.selector); Pod ${left.metadata.name} of Deployment ${fields.deployment} does not carry that.`,
    expected: labelText(left.metadata.labels ?? {}),
    actual: labelText(selector),
  };
}

function compared(
  fields: Fields,
  service: Service,
  slices: readonly EndpointSlice[],
  evidence: Evidence,
): Finding {
  const wanted = podsOf(evidence, fields.namespace, fields.deployment)
    .filter(isReady)
    .map((pod) => `${pod.status?.podIP}:${fields.port}`)
    .sort();
  const found = slices.flatMap(readyAddresses).sort();
  const expected = wanted.join(', ') || 'none';
  const actual = found.join(', ') || 'none';
  if (expected === actual && wanted.length > 0) return MET;
  const ips = (list: readonly string[]) => list.map((each) => each.split(':')[0]).join();
  const reason =
    wanted.length === 0
      ? `Deployment ${fields.deployment} has no ready Pod, so Service ${fields.service} has nothing to send to.`
      : ips(wanted) === ips(found)
        ? `Service ${fields.service} sends to port ${[...new Set(found.map((each) => each.split(':')[1]))].join(', ')} of its Pods (spec.ports[0].targetPort is ${JSON.stringify(service.spec?.ports?.[0]?.targetPort)}); they listen on ${fields.port}.`
        : `The ready endpoints of Service ${fields.service} are not the ready Pods of Deployment ${fields.deployment} on port ${fields.port}.`;
  return { outcome: 'not-met', reason, expected, actual };
}

/** `address:port` of every ready endpoint; a slice without ports gives none that could be reached. */
function readyAddresses(slice: EndpointSlice): string[] {
  const ready = slice.endpoints.filter((endpoint) => endpoint.conditions?.ready !== false);
  const ports = slice.ports?.length ? slice.ports.map((each) => String(each.port)) : ['none'];
  return ready.flatMap((endpoint) =>
    endpoint.addresses.flatMap((ip) => ports.map((port) => `${ip}:${port}`)),
  );
}
