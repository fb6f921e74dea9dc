import { z } from 'zod';
import type { Hop, Pod, Stored } from '../../api';
import { explainFailure } from '../explain';
import type { Evidence, Finding, Sent } from '../seams';
import { defineCheck, MET } from './check-kind';
import { type Door, doorFields, doorsOf, hasOneDoor, ONE_DOOR, requestAt } from './doors';
import { expressionSchema } from './expression';
import { describeMembers, isReady, memberFields, podsOf, waysUsed } from './members';
import { type Standing, standAt, vantageSchema } from './vantage';

const schema = z
  .strictObject({
    namespace: z.string().default('default'),
    from: vantageSchema.default('pod'),
    ...doorFields,
    status: z.number().int().default(200),
    /** The body, as a regular expression. */
    body: expressionSchema.optional(),
    /** Who must answer: every ready Pod of these, and nobody else. */
    ...memberFields,
    /** No Pod of them answers less (more) than this part of all requests. */
    share: z.strictObject({ atLeast: z.number().optional(), atMost: z.number().optional() }).optional(),
    /** Whether the server sees the client's own address, or another one. */
    source: z.enum(['kept', 'changed']).optional(),
    /** No answer takes longer, in ms. */
    latencyMs: z.number().positive().optional(),
    /** How many requests at each door; as many as it takes to hear of every Pod when left out. */
    requests: z.number().int().positive().max(1_000).optional(),
  })
  .refine(hasOneDoor, { error: ONE_DOOR })
  .refine((fields) => waysUsed(fields) <= 1, { error: 'names Pods in more than one way' });
type Fields = z.infer<typeof schema>;

/**
 * Requests per Pod, at most. With equal odds one of n Pods is missed in 25·n requests with a chance below n·e^(−25): less
 * than one in a billion for ten Pods.
 */
const MOST_PER_POD = 25;
/** Once every Pod has been heard this many are enough: a stranger among them is missed with a chance of e^(−10). */
const ENOUGH_PER_POD = 10;

/** From a vantage, the right answer every time, and from every Pod that should answer. */
export const reachCheck = defineCheck('reach', schema, async (fields, evidence): Promise<Finding> => {
  const doors = doorsOf(fields, evidence);
  if ('missing' in doors) return { outcome: 'not-met', reason: doors.missing };
  const standing = await standAt(evidence, fields.from, fields.namespace);
  if ('missing' in standing) return { outcome: 'not-met', reason: standing.missing };
  if ('failure' in standing) return { outcome: 'cannot-judge', reason: standing.failure };
  const pods =
    waysUsed(fields) === 1 ? podsOf(evidence, fields.namespace, fields).filter(isReady) : undefined;
  if (pods?.length === 0)
    return { outcome: 'not-met', reason: `${capital(describeMembers(fields))} has no ready Pod to answer.` };
  const heard = new Map<string, number>();
  let trace: readonly Hop[] = [];
  const requests = fields.requests ?? (pods ? pods.length * MOST_PER_POD : 1);
  // A share is the truer the more was counted, and what an author asked for is sent.
  const enough = fields.requests ?? (pods && !fields.share ? pods.length * ENOUGH_PER_POD : requests);
  for (const place of standing.places) {
    for (const door of doors) {
      const ask = asker(standing, fields, place.vantage, door);
      for (let i = 0; i < requests; i += 1) {
        if (i >= enough && pods?.every(({ metadata }) => heard.has(metadata.name))) break;
        const sent = ask();
        const wrong = wrongAnswer(fields, standing, place, door, sent);
        if (wrong) return wrong;
        const who = answerer(sent);
        heard.set(who, (heard.get(who) ?? 0) + 1);
        trace = sent.trace;
      }
    }
  }
  return pods ? whoAnswered(fields, pods, heard, trace) : MET;
});

/** So much of a body is evidence enough. */
const BODY_SHOWN = 200;

type Place = Standing['places'][number];
type Sending = ReturnType<Evidence['send']>;

/** So many requests go to an address before its name is asked for anew. */
const REQUESTS_PER_LOOKUP = 10;

/** Asks a door again and again. A name with one address is kept for a few requests; one with more is asked each time. */
function asker({ evidence }: Standing, fields: Fields, from: Place['vantage'], door: Door): () => Sending {
  const request = requestAt(fields, door.host);
  const protocol = fields.protocol === 'udp' ? 'UDP' : 'TCP';
  let left = 0;
  let known: ReturnType<Evidence['lookup']> | undefined;
  return () => {
    if (left === 0) {
      known = isAddress(door.host) ? undefined : evidence.lookup(from, door.host);
      left = REQUESTS_PER_LOOKUP;
    }
    left -= 1;
    const [ip, other] = known?.outcome.addresses ?? [];
    if (ip === undefined || other !== undefined)
      return evidence.send(from, door.host, door.port, request, protocol);
    const sent = evidence.send(from, ip, door.port, request, protocol);
    return { outcome: sent.outcome, trace: [...(known?.trace ?? []), ...sent.trace] };
  };
}

const isAddress = (host: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(host);

function answerer({ outcome }: { outcome: Sent }): string {
  if (outcome.kind !== 'delivered') return 'nobody';
  const { pod, node, ip } = outcome.server;
  return pod?.name ?? node ?? ip;
}

function wrongAnswer(
  fields: Fields,
  standing: Standing,
  place: Place,
  { host, port }: Door,
  sent: Sending,
): Finding | undefined {
  const { outcome, trace } = sent;
  const at = `${host}:${port}`;
  const from = fields.from === 'pod' ? '' : ` (from ${place.name})`;
  const expected = expectation(fields);
  const not = (reason: string, actual: string): Finding => ({
    outcome: 'not-met',
    reason,
    expected,
    actual,
    trace,
  });
  if (outcome.kind !== 'delivered')
    return not(
      `${explainFailure(host, port, sent)}${from === '' ? '' : ` Asked from ${place.name}.`}`,
      outcome.kind,
    );
  const { reply } = outcome;
  if (reply.kind === 'closed')
    return not(
      `${at} hung up${from}: ${reply.why === 'tls-mismatch' ? 'one side spoke TLS and the other did not' : reply.why}.`,
      reply.why,
    );
  if (fields.protocol === 'http' || fields.protocol === 'https') {
    if (reply.kind !== 'http') return not(`${at} answered something other than HTTP${from}.`, reply.kind);
    if (reply.status !== fields.status)
      return not(`${at} answered HTTP ${reply.status}${from}.`, statusLine(reply));
    if (fields.body !== undefined && !new RegExp(fields.body, 'm').test(reply.body))
      return not(`${at} answered with another text than it should${from}.`, reply.body.slice(0, BODY_SHOWN));
  }
  if (fields.latencyMs !== undefined && outcome.latencyMs > fields.latencyMs)
    return not(`${at} took ${outcome.latencyMs} ms to answer${from}.`, `${outcome.latencyMs} ms`);
  if (fields.source !== undefined) {
    const own = standing.evidence.addresses(place.vantage);
    const kept = own.includes(outcome.sourceSeen);
    if (kept !== (fields.source === 'kept'))
      return not(
        `The server behind ${at} sees the request come from ${outcome.sourceSeen}, ${kept ? 'the address of' : 'which is not the address of'} ${place.name}.`,
        `seen: ${outcome.sourceSeen}`,
      );
  }
  return undefined;
}

/** A failing page often says itself what it lacks. */
function statusLine({ status, body }: { readonly status: number; readonly body: string }): string {
  const said = body.trim().slice(0, BODY_SHOWN);
  return said === '' ? `HTTP ${status}` : `HTTP ${status}: ${said}`;
}

function expectation(fields: Fields): string {
  const web = fields.protocol === 'http' || fields.protocol === 'https';
  const parts = [
    web ? `${fields.protocol === 'https' ? 'HTTPS' : 'HTTP'} ${fields.status}` : 'a connection',
    ...(fields.latencyMs === undefined ? [] : [`within ${fields.latencyMs} ms`]),
    ...(fields.source === undefined
      ? []
      : [fields.source === 'kept' ? "the client's own address seen" : 'another source address seen']),
  ];
  return parts.join(', ');
}

function whoAnswered(
  fields: Fields,
  pods: readonly Stored<Pod>[],
  heard: ReadonlyMap<string, number>,
  trace: readonly Hop[],
): Finding {
  const wanted = pods.map((pod) => pod.metadata.name).sort();
  const host = fields.host ?? `Service ${fields.service}`;
  const silent = fields.requests === undefined ? wanted.filter((name) => !heard.has(name)) : [];
  const strangers = [...heard.keys()].filter((name) => !wanted.includes(name)).sort();
  const total = [...heard.values()].reduce((sum, each) => sum + each, 0);
  const uneven = wanted.find((name) => {
    const part = (heard.get(name) ?? 0) / total;
    return part < (fields.share?.atLeast ?? 0) || part > (fields.share?.atMost ?? 1);
  });
  if (silent.length === 0 && strangers.length === 0 && uneven === undefined) return MET;
  const actual = [...heard]
    .sort()
    .map(([name, count]) => `${name} ×${count}`)
    .join(', ');
  const reason =
    strangers.length > 0
      ? `${host} is answered by ${strangers.join(', ')} as well, which ${ownerOf(fields)}.`
      : silent.length > 0
        ? `${silent.join(', ')} never answered through ${host}.`
        : `${uneven} answered ${heard.get(uneven ?? '') ?? 0} of ${total} requests through ${host}.`;
  return { outcome: 'not-met', reason, expected: wanted.join(', '), actual, trace };
}

function ownerOf(fields: Fields): string {
  const who = describeMembers(fields);
  return fields.labels || fields.pods ? `is none of ${who}` : `${who} does not own`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
