import {
  type DnsCode,
  type DnsEdns,
  type DnsQuery,
  type DnsRecord,
  dnsClassNumber,
  dnsCode,
  dnsTypeNumber,
  type Hop,
  type Traced,
} from '../../../../api';
import { CorefileError, type Dispenser } from '../../corefile/dispenser';
import { compileGoPattern, parseInteger } from '../../corefile/go-values';
import { fallthroughZones, originsOf } from '../../corefile/zones';
import { canonicalName, zoneOf } from '../../names';
import { type DnsResult, type DnsWorld, dnsHop, toldOf, unwritten } from '../../plugin';
import type { Directive } from '../../setup';
import { compileTemplate, type Template, type TemplateData } from './go-template';
import { parseRecord } from './parse-record';

interface Rule {
  readonly class: string;
  readonly type: string;
  readonly zones: readonly string[];
  patterns: RegExp[];
  answer: Template[];
  additional: Template[];
  authority: Template[];
  code: DnsCode;
  extendedError?: string;
  fallthrough: readonly string[];
}

/** The `template` plugin: answers made from the question by rule. */
export const template: Directive = {
  name: 'template',
  setUp({ words, blockKeys, place }) {
    const rules = readRules(words, blockKeys);
    const zones = rules.flatMap((rule) => rule.zones);
    const at = `template (${place})`;
    return {
      name: 'template',
      answer(query, world, next) {
        if (zoneOf(query.name, zones) === undefined) return next(query);
        for (const rule of rules) {
          const match = matchRule(rule, query, world);
          if (match === 'other') continue;
          if (match === 'stop') {
            const hop = dnsHop(at, `no pattern fits ${canonicalName(query.name)}: SERVFAIL`);
            return { outcome: unwritten('SERVFAIL'), trace: [hop] };
          }
          if (rule.code === 'SERVFAIL')
            return { outcome: unwritten('SERVFAIL'), trace: [dnsHop(at, 'answers SERVFAIL')] };
          return respond(rule, match, query, world, at);
        }
        return next(query);
      },
    };
  },
};

function matchRule(rule: Rule, query: DnsQuery, world: DnsWorld): TemplateData | 'other' | 'stop' {
  const zone = zoneOf(query.name, rule.zones);
  const own = query.class ?? 'IN';
  if (zone === undefined) return 'other';
  if (rule.class !== 'ANY' && own !== 'ANY' && own !== rule.class) return 'other';
  if (rule.type !== 'ANY' && query.type !== 'ANY' && query.type !== rule.type) return 'other';
  const name = canonicalName(query.name);
  const pattern = rule.patterns.find((each) => each.test(name));
  if (pattern === undefined) return zoneOf(name, rule.fallthrough) === undefined ? 'stop' : 'other';
  const match = pattern.exec(name);
  const groups = [...(match ?? [])].map((value) => value ?? '');
  return {
    Zone: zone,
    Name: name,
    Regex: pattern.source,
    Match: groups,
    Group: { ...Object.fromEntries(groups.map((value, index) => [String(index), value])), ...match?.groups },
    Class: own === 'ANY' ? rule.class : own,
    Type: query.type === 'ANY' ? rule.type : query.type,
    Remote: world.client.ip,
    Question: { Name: query.name, Qtype: query.type },
  };
}

function respond(
  rule: Rule,
  data: TemplateData,
  query: DnsQuery,
  world: DnsWorld,
  at: string,
): Traced<DnsResult> {
  const trace: Hop[] = [];
  const made = (templates: readonly Template[]) => templates.map((each) => each(data));
  const records: DnsRecord[][] = [[], [], []];
  for (const [index, lines] of [made(rule.answer), made(rule.authority), made(rule.additional)].entries()) {
    for (const line of lines) {
      const record = parseRecord(line);
      if (record === undefined)
        return { outcome: unwritten('SERVFAIL', `dns: bad record: "${line}"`), trace };
      records[index]?.push(record);
      if (index > 0 || record.type !== 'CNAME' || !['A', 'AAAA'].includes(query.type)) continue;
      const found = world.lookup({ ...query, name: record.data });
      trace.push(...found.trace);
      records[0]?.push(...found.outcome.answers);
    }
  }
  const [answers = [], authority = [], additional = []] = records;
  const edns: DnsEdns | undefined =
    rule.extendedError === undefined
      ? undefined
      : { size: 4096, dnssecOk: true, options: [{ code: 15, data: rule.extendedError }] };
  const outcome: DnsResult = { code: rule.code, authoritative: true, answers, authority, additional, edns };
  return { outcome, trace: [dnsHop(at, toldOf(outcome)), ...trace] };
}

function readRules(words: Dispenser, blockKeys: readonly string[]): readonly Rule[] {
  const rules: Rule[] = [];
  while (words.next()) {
    if (!words.nextArg()) throw words.argumentError();
    const of = words.val();
    if (dnsClassNumber(of) === undefined) throw words.error(`invalid query class ${of}`);
    if (!words.nextArg()) throw words.argumentError();
    const type = words.val();
    if (dnsTypeNumber(type) === undefined) throw words.error(`invalid RR class ${type}`);
    const zones = originsOf(words.remainingArgs(), blockKeys);
    const rule: Rule = {
      class: of,
      type,
      zones,
      patterns: [],
      answer: [],
      additional: [],
      authority: [],
      code: 'NOERROR',
      fallthrough: [],
    };
    while (words.nextBlock()) readOption(words, rule);
    if (rule.patterns.length === 0) rule.patterns.push(/.*/);
    rules.push(rule);
  }
  return rules;
}

function readOption(words: Dispenser, rule: Rule): void {
  const name = words.val();
  const args = words.remainingArgs();
  const need = (fits: boolean) => {
    if (!fits) throw words.argumentError();
  };
  switch (name) {
    case 'match':
      need(args.length > 0);
      for (const source of args) {
        const pattern = compileGoPattern(source);
        if (pattern === undefined) throw words.error(`could not parse regex: ${source}`);
        rule.patterns.push(pattern);
      }
      break;
    case 'answer':
    case 'additional':
    case 'authority':
      need(args.length > 0);
      for (const each of args) rule[name].push(templateOf(words, each));
      break;
    case 'rcode': {
      need(args.length > 0);
      const code = dnsCode(args[0] ?? '');
      if (code === undefined) throw words.error(`unknown rcode ${args[0]}`);
      rule.code = code;
      break;
    }
    case 'ederror': {
      need(args.length === 1 || args.length === 2);
      const code = parseInteger(args[0] ?? '', 'ParseUint')
        .toString(16)
        .padStart(4, '0');
      const text = [...(args[1] ?? '')].map((each) => each.charCodeAt(0).toString(16).padStart(2, '0'));
      rule.extendedError = code + text.join('');
      break;
    }
    case 'fallthrough':
      rule.fallthrough = fallthroughZones(args);
      break;
    case 'upstream':
      break;
    default:
      throw words.argumentError();
  }
}

function templateOf(words: Dispenser, text: string): Template {
  try {
    return compileTemplate(text);
  } catch (error) {
    if (!(error instanceof CorefileError)) throw error;
    throw words.error(`could not compile template: ${text}, ${error.message}`);
  }
}
