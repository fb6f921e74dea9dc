import { z } from 'zod';
import type { Hop, Service } from '../../api';
import type { Evidence, Finding } from '../seams';
import { defineCheck, firstUnmet, MET } from './check-kind';
import { describeNoneReady, describeReady, isReady, memberFields, podsOf, waysUsed } from './members';
import { type Standing, standAt, vantageSchema } from './vantage';

const ANSWERS = ['service', 'addresses', 'cname', 'srv', 'fails'] as const;
const schema = z
  .strictObject({
    namespace: z.string().default('default'),
    from: vantageSchema.default('pod'),
    /** Names to ask for, completed by the vantage's search list as usual. */
    names: z.array(z.string()).min(1),
    /** They lead to this Service's cluster IP … */
    service: z.string().optional(),
    /** … or to exactly the ready Pods of these … */
    ...memberFields,
    /** … or to these addresses … */
    addresses: z.array(z.string()).min(1).optional(),
    /** … or are another name for this one … */
    cname: z.string().optional(),
    /** … or, asked for SRV records, tell these ports (of so many targets) … */
    srv: z.strictObject({ port: z.number().int(), targets: z.number().int().optional() }).optional(),
    /** … or are not found. */
    fails: z.literal(true).optional(),
  })
  .refine((fields) => ANSWERS.filter((name) => fields[name] !== undefined).length + waysUsed(fields) === 1, {
    error: `needs exactly one answer: ${ANSWERS.join(', ')}, deployment, statefulset, daemonset, pods or labels`,
  });
type Fields = z.infer<typeof schema>;

/** From a vantage, each name has the right answer. */
export const dnsCheck = defineCheck('dns', schema, async (fields, evidence): Promise<Finding> => {
  const standing = await standAt(evidence, fields.from, fields.namespace);
  if ('missing' in standing) return { outcome: 'not-met', reason: standing.missing };
  if ('failure' in standing) return { outcome: 'cannot-judge', reason: standing.failure };
  return firstUnmet(
    standing.places.flatMap((place) =>
      fields.names.map((name) => () => oneName(fields, standing, place, name, evidence)),
    ),
  );
});

type Place = Standing['places'][number];

function oneName(
  fields: Fields,
  standing: Standing,
  place: Place,
  name: string,
  original: Evidence,
): Finding {
  if (fields.srv) return srv(fields.srv, standing, place, name);
  const { outcome, trace } = standing.evidence.lookup(place.vantage, name);
  const expected = wanted(fields, original);
  if (outcome.error === 'no-server') {
    const { why, server } = outcome.failure ?? {};
    const [reason, actual] =
      why === 'misbehaving'
        ? [
            `Name server ${server}, asked for ${name} from ${place.name}, answered that it cannot tell.`,
            'an error',
          ]
        : [
            `No name server answered ${place.name === 'a Pod' ? 'a Pod that' : `${place.name}, which`} asked for ${name}.`,
            'no answer',
          ];
    return { outcome: 'not-met', reason, expected, actual, trace };
  }
  const actual =
    fields.cname === undefined
      ? [...outcome.addresses].sort().join(', ') || 'no such name'
      : withoutDot(outcome.canonicalName ?? name);
  if (actual === expected) return MET;
  return {
    outcome: 'not-met',
    reason: `${name} ${whatCame(fields, place, actual, expected, original)}`,
    expected,
    actual,
    trace,
  };
}

const withoutDot = (name: string): string => name.replace(/\.$/, '').toLowerCase();

/** What stands for an answer that cannot be told yet. */
const NO_SERVICE = 'the cluster IP of a Service that is not there yet';
const NOBODY_READY = 'the addresses of Pods that are not ready yet';

/** The right answer, as text. */
function wanted(fields: Fields, evidence: Evidence): string {
  const { service, addresses, cname } = fields;
  if (cname !== undefined) return withoutDot(cname);
  if (addresses) return [...addresses].sort().join(', ');
  if (fields.fails) return 'no such name';
  if (service !== undefined)
    return evidence.view.get<Service>('services', fields.namespace, service)?.spec?.clusterIP ?? NO_SERVICE;
  const ips = podsOf(evidence, fields.namespace, fields)
    .filter(isReady)
    .map((pod) => pod.status?.podIP ?? '');
  return ips.sort().join(', ') || NOBODY_READY;
}

function whatCame(
  fields: Fields,
  place: Place,
  actual: string,
  expected: string,
  { view }: Evidence,
): string {
  const from = `from ${place.name}`;
  if (fields.fails) return `resolves to ${actual} ${from}; it should not be found.`;
  if (fields.cname !== undefined)
    return `is not another name for ${fields.cname} ${from}: it ends at ${actual}.`;
  if (expected === NOBODY_READY)
    return `gives ${actual} ${from}. ${describeNoneReady(fields)}, so there is no address that it could give.`;
  if (fields.service === undefined && fields.addresses === undefined)
    return `gives ${actual} ${from}; ${describeReady(fields)} ${fields.pods?.length === 1 ? 'has' : 'have'} ${expected}.`;
  if (fields.service === undefined) return `gives ${actual} ${from}.`;
  if (view.get('services', fields.namespace, fields.service))
    return `resolves to ${actual} ${from}; the cluster IP of Service ${fields.service} is ${expected} (spec.clusterIP).`;
  return `gives ${actual} ${from}: there is no Service "${fields.service}" in namespace ${fields.namespace}.`;
}

function srv(rule: NonNullable<Fields['srv']>, standing: Standing, place: Place, name: string): Finding {
  const { outcome, trace } = standing.evidence.query(place.vantage, name, 'SRV');
  const records = outcome?.answers.filter((each) => each.type === 'SRV').map((each) => each.data) ?? [];
  const ports = new Set(records.map((data) => Number(data.split(' ')[2])));
  const enough = rule.targets === undefined ? records.length > 0 : records.length === rule.targets;
  if (enough && ports.size === 1 && ports.has(rule.port)) return MET;
  const expected = `port ${rule.port}${rule.targets === undefined ? '' : `, ${rule.targets} records`}`;
  const actual = records.join('; ') || (outcome ? `none (${outcome.code})` : 'no answer');
  const reason = `The SRV records of ${name}, asked from ${place.name}, do not tell what they should.`;
  const hops: readonly Hop[] = trace;
  return { outcome: 'not-met', reason, expected, actual, trace: hops };
}
