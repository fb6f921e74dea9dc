import { z } from 'zod';
import type { Node, Service } from '../../api';
import type { Evidence, Finding } from '../seams';
import { defineCheck, MET } from './check-kind';
import { allDoorsOf, type Door, doorFields, doorsOf, hasOneDoor, ONE_DOOR, requestAt } from './doors';
import { standAt, vantageSchema } from './vantage';

const { at: _at, ...fields } = doorFields;
const schema = z
  .strictObject({
    namespace: z.string().default('default'),
    ...fields,
    /** Which address of the Service; every one it has when left out. */
    at: z.enum(['cluster-ip', 'node-port', 'load-balancer', 'external-ip', 'every']).default('every'),
    /** Who must not get in. */
    from: z.array(vantageSchema).min(1),
    /** How they must fail; in any way when left out. */
    how: z.enum(['refused', 'dropped', 'unreachable', 'unresolved']).optional(),
  })
  .refine(hasOneDoor, { error: ONE_DOOR });
type Fields = z.infer<typeof schema>;

/** A door that was opened a moment ago is in no node's rules yet: kube-proxy is given time to write it down. */
const SETTLE_MS = 2_000;

/** From these places nothing answers: at a host, or at any address that a Service has. */
export const closedCheck = defineCheck('closed', schema, async (wanted, evidence): Promise<Finding> => {
  const doors = doorsAt(wanted, evidence);
  if ('missing' in doors) return { outcome: 'not-met', reason: doors.missing };
  for (const from of wanted.from) {
    const standing = await standAt(evidence, from, wanted.namespace);
    if ('missing' in standing) return { outcome: 'not-met', reason: standing.missing };
    if ('failure' in standing) return { outcome: 'cannot-judge', reason: standing.failure };
    await standing.evidence.advance(SETTLE_MS);
    for (const place of standing.places) {
      for (const door of doors) {
        const sent = standing.evidence.send(
          place.vantage,
          door.host,
          door.port,
          requestAt(wanted, door.host),
          wanted.protocol === 'udp' ? 'UDP' : 'TCP',
        );
        const { kind } = sent.outcome;
        if (kind === 'delivered') return open(wanted, evidence, place.name, door, sent.trace);
        if (wanted.how !== undefined && kind !== wanted.how)
          return {
            outcome: 'not-met',
            reason: `${door.host}:${door.port} is closed to ${place.name}, but not in the way it should be.`,
            expected: wanted.how,
            actual: kind,
            trace: sent.trace,
          };
      }
    }
  }
  return MET;
});

function doorsAt(wanted: Fields, evidence: Evidence): readonly Door[] | { readonly missing: string } {
  if (wanted.at !== 'every') return doorsOf({ ...wanted, at: wanted.at }, evidence);
  if (wanted.host !== undefined) return doorsOf({ ...wanted, at: 'cluster-ip' }, evidence);
  const service = evidence.view.get<Service>('services', wanted.namespace, wanted.service ?? '');
  if (!service)
    return { missing: `There is no Service "${wanted.service}" in namespace ${wanted.namespace}.` };
  return allDoorsOf(service, evidence.view.list<Node>('nodes', ''));
}

function open(
  wanted: Fields,
  { view }: Evidence,
  place: string,
  door: Door,
  trace: Extract<Finding, { outcome: 'not-met' }>['trace'],
): Finding {
  const service = wanted.service && view.get<Service>('services', wanted.namespace, wanted.service);
  const type = service ? ` (spec.type is ${service.spec?.type})` : '';
  const what = wanted.service ? `Service ${wanted.service}` : wanted.host;
  return {
    outcome: 'not-met',
    reason: `${what} can be reached from ${place} at ${door.host}:${door.port}${type}.`,
    expected: wanted.from.includes('pod') ? 'no answer' : 'no answer from outside',
    actual: `an answer at ${door.host}:${door.port}`,
    ...(trace ? { trace } : {}),
  };
}
