import { z } from 'zod';
import type { Hop, Request } from '../../api';
import { explainFailure } from '../explain';
import { withProbe } from '../probe';
import type { Evidence, Finding } from '../seams';
import { defineCheck, MET } from './check-kind';
import { isReady, podsOf } from './pods-of';

const schema = z.strictObject({
  namespace: z.string().default('default'),
  host: z.string(),
  port: z.number().int(),
  path: z.string().default('/'),
  /** Every ready Pod of this Deployment must answer, and nobody else. */
  deployment: z.string(),
});
type Fields = z.infer<typeof schema>;

/**
 * Requests per Pod. With equal odds one of n Pods is missed in 25·n requests with a chance below n·e^(−25): less than
 * one in a billion for ten Pods.
 */
const REQUESTS_PER_POD = 25;

/** From a Pod, HTTP 200 through the name every time, and every Pod of the Deployment answers. */
export const reachCheck = defineCheck('reach', schema, async (fields, evidence): Promise<Finding> => {
  const probe = await withProbe(evidence, fields.namespace);
  if ('failure' in probe) return { outcome: 'cannot-judge', reason: probe.failure };
  const wanted = podsOf(probe.evidence, fields.namespace, fields.deployment)
    .filter(isReady)
    .map((pod) => pod.metadata.name)
    .sort();
  const answered = new Map<string, number>();
  let trace: readonly Hop[] = [];
  for (let i = 0; i < Math.max(1, wanted.length) * REQUESTS_PER_POD; i += 1) {
    const sent = probe.evidence.send(probe.from, fields.host, fields.port, request(fields));
    const failure = failed(fields, sent);
    if (failure) return failure;
    if (sent.outcome.kind !== 'delivered') continue;
    const { pod, node, ip } = sent.outcome.server;
    const who = pod?.name ?? node ?? ip;
    answered.set(who, (answered.get(who) ?? 0) + 1);
    trace = sent.trace;
  }
  return shares(fields, wanted, answered, trace);
});

function failed(fields: Fields, sent: ReturnType<Evidence['send']>): Finding | undefined {
  const { outcome, trace } = sent;
  if (outcome.kind !== 'delivered') {
    return {
      outcome: 'not-met',
      reason: explainFailure(fields.host, fields.port, sent),
      expected: 'HTTP 200',
      actual: outcome.kind,
      trace,
    };
  }
  const status = outcome.reply.kind === 'http' ? outcome.reply.status : undefined;
  if (status === 200) return undefined;
  return {
    outcome: 'not-met',
    reason: `${fields.host}:${fields.port} answered ${status === undefined ? 'something other than HTTP' : `HTTP ${status}`}.`,
    expected: 'HTTP 200',
    actual: String(status ?? outcome.reply.kind),
    trace,
  };
}

function shares(
  fields: Fields,
  wanted: readonly string[],
  answered: ReadonlyMap<string, number>,
  trace: readonly Hop[],
): Finding {
  const silent = wanted.filter((name) => !answered.has(name));
  const strangers = [...answered.keys()].filter((name) => !wanted.includes(name)).sort();
  if (silent.length === 0 && strangers.length === 0 && wanted.length > 0) return MET;
  const actual = [...answered]
    .sort()
    .map(([name, count]) => `${name} ×${count}`)
    .join(', ');
  const reason =
    strangers.length > 0
      ? `${fields.host} is answered by ${strangers.join(', ')} as well, which Deployment ${fields.deployment} does not own.`
      : wanted.length === 0
        ? `Deployment ${fields.deployment} has no ready Pod to answer.`
        : `${silent.join(', ')} never answered through ${fields.host}.`;
  return { outcome: 'not-met', reason, expected: wanted.join(', '), actual, trace };
}

const request = ({ host, path }: Fields): Request => ({
  kind: 'http',
  method: 'GET',
  path,
  host,
  headers: { 'User-Agent': 'portside', Accept: '*/*' },
  body: '',
});
