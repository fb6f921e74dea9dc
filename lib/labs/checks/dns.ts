import { z } from 'zod';
import type { Service } from '../../api';
import { withProbe } from '../probe';
import type { Finding } from '../seams';
import { defineCheck, firstUnmet, MET } from './check-kind';

const schema = z.strictObject({
  namespace: z.string().default('default'),
  /** Names that must resolve, from a Pod in that namespace, to this Service's cluster IP. */
  names: z.array(z.string()).min(1),
  service: z.string(),
});

/** From inside, each name resolves to the Service's cluster IP. */
export const dnsCheck = defineCheck('dns', schema, async (fields, evidence): Promise<Finding> => {
  const service = evidence.view.get<Service>('services', fields.namespace, fields.service);
  const clusterIP = service?.spec?.clusterIP ?? 'none';
  const probe = await withProbe(evidence, fields.namespace);
  if ('failure' in probe) return { outcome: 'cannot-judge', reason: probe.failure };
  return firstUnmet(
    fields.names.map((name) => () => {
      const { outcome, trace } = probe.evidence.lookup(probe.from, name);
      if (outcome.error === 'no-server') {
        return {
          outcome: 'not-met',
          reason: `No name server answered a Pod that asked for ${name}.`,
          expected: clusterIP,
          actual: 'no answer',
          trace,
        };
      }
      const actual = outcome.addresses.join(', ') || 'no such name';
      if (actual === clusterIP) return MET;
      const reason = service
        ? `${name} resolves to ${actual} from a Pod; the cluster IP of Service ${fields.service} is ${clusterIP} (spec.clusterIP).`
        : `${name} gives ${actual} from a Pod: there is no Service "${fields.service}" in namespace ${fields.namespace}.`;
      return { outcome: 'not-met', reason, expected: clusterIP, actual, trace };
    }),
  );
});
