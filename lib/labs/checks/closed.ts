import { z } from 'zod';
import type { Node, Request, Service, Vantage } from '../../api';
import type { Finding } from '../seams';
import { defineCheck, MET } from './check-kind';

const schema = z.strictObject({
  namespace: z.string().default('default'),
  service: z.string(),
  /** Who must not get in. */
  from: z.array(z.enum(['office', 'internet'])).min(1),
});

/** From outside, neither the cluster IP nor any node port of the Service answers. */
export const closedCheck = defineCheck('closed', schema, async (fields, evidence): Promise<Finding> => {
  const copy = evidence.fork();
  const service = copy.view.get<Service>('services', fields.namespace, fields.service);
  if (!service) {
    return {
      outcome: 'not-met',
      reason: `There is no Service "${fields.service}" in namespace ${fields.namespace}.`,
    };
  }
  const nodes = copy.view.list<Node>('nodes', '');
  const nodeIPs = nodes.flatMap(
    (node) =>
      node.status?.addresses?.filter((each) => each.type === 'InternalIP').map((each) => each.address) ?? [],
  );
  const ingress = service.status?.loadBalancer?.ingress?.map((each) => each.ip ?? each.hostname ?? '') ?? [];
  for (const port of service.spec?.ports ?? []) {
    const doors = [
      ...[service.spec?.clusterIP ?? '', ...(service.spec?.externalIPs ?? []), ...ingress].map((ip) => ({
        ip,
        port: port.port,
      })),
      ...nodeIPs.map((ip) => ({ ip, port: port.nodePort ?? port.port })),
    ].filter(({ ip }) => ip !== '' && ip !== 'None');
    for (const from of fields.from) {
      for (const door of doors) {
        const sent = copy.send(VANTAGE[from], door.ip, door.port, GET(door.ip));
        if (sent.outcome.kind !== 'delivered') continue;
        return {
          outcome: 'not-met',
          reason: `Service ${fields.service} can be reached from ${PLACE[from]} at ${door.ip}:${door.port} (spec.type is ${service.spec?.type}).`,
          expected: 'no answer from outside',
          actual: `an answer at ${door.ip}:${door.port}`,
          trace: sent.trace,
        };
      }
    }
  }
  return MET;
});

const VANTAGE: Readonly<Record<'office' | 'internet', Vantage>> = {
  office: { kind: 'office' },
  internet: { kind: 'internet' },
};
const PLACE = { office: 'the office network', internet: 'the internet' } as const;
const GET = (host: string): Request => ({
  kind: 'http',
  method: 'GET',
  path: '/',
  host,
  headers: {},
  body: '',
});
