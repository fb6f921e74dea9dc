import type { DnsCode, DnsQuery, Hop, Traced } from '../../../../api';
import { fullName, zoneOf } from '../../names';
import { answerWith, type DnsResult, dnsHop, emptyAnswer, toldOf, unwritten } from '../../plugin';
import type { Directive } from '../../setup';
import { readKubernetesConfig } from './config';
import { answerIn, type Question, soaRecord } from './records';
import { parseRequest } from './request';

/** The `kubernetes` plugin: Services, endpoints and Pods as names. */
export const kubernetes: Directive = {
  name: 'kubernetes',
  setUp(given) {
    const config = readKubernetesConfig(given);
    return {
      name: 'kubernetes',
      answer(query, world, next) {
        const zone = zoneOf(query.name, config.zones);
        if (zone === undefined) return next(query);
        if (query.type === 'AXFR' || query.type === 'IXFR') return said(query, unwritten('REFUSED'));
        return answerQuestion({ query, world, config, zone }, () => next(query));
      },
    };
  },
};

function answerQuestion(question: Question, next: () => Traced<DnsResult>): Traced<DnsResult> {
  const { query, world, config } = question;
  const answered = world.synced ? answerIn(question) : undefined;
  if (answered === undefined) {
    const through = zoneOf(query.name, config.fallthrough);
    if (through !== undefined) return passOn(query, through, next());
    return refuse(question, world.synced ? 'NXDOMAIN' : 'SERVFAIL');
  }
  const { records, additional = [], found, trace = [] } = answered;
  if (records.length === 0) return refuse(question, 'NOERROR');
  const outcome = answerWith(records, additional);
  return { outcome, trace: [hop(query, toldOf(outcome), found[0]?.object), ...trace] };
}

const hop = (query: DnsQuery, effect: string, object?: Hop['object']): Hop =>
  dnsHop(`kubernetes ${fullName(query.name)} ${query.type}`, effect, object);

const said = (query: DnsQuery, outcome: DnsResult): Traced<DnsResult> => ({
  outcome,
  trace: [hop(query, toldOf(outcome))],
});

function passOn(query: DnsQuery, zone: string, rest: Traced<DnsResult>): Traced<DnsResult> {
  const own = hop(query, `knows no such name, and lets ${zone} fall through`);
  return { outcome: rest.outcome, trace: [own, ...rest.trace] };
}

function refuse(question: Question, code: DnsCode): Traced<DnsResult> {
  const { query } = question;
  const effects: Partial<Record<DnsCode, string>> = {
    NXDOMAIN: 'no such name',
    NOERROR: `the name exists, but has no ${query.type} record`,
    SERVFAIL: 'the cluster’s objects have not been read yet: the API server could not be reached',
  };
  const outcome = emptyAnswer(code, [soaRecord(question)]);
  return { outcome, trace: [hop(query, effects[code] ?? code, culprit(question))] };
}

/** The object that one would have to look at: the Service named, or the namespace when that is missing. */
function culprit({ query, world, zone }: Question): Hop['object'] {
  const request = parseRequest(query.name, zone);
  if (request === undefined || request.kind === 'apex') return undefined;
  const { namespace, service } = request;
  if (world.view.get('namespaces', '', namespace) === undefined)
    return { resource: 'namespaces', namespace: '', name: namespace };
  if (request.kind !== 'svc' || service === '') return undefined;
  return { resource: 'services', namespace, name: service };
}
