import { type DnsCode, type DnsRecord, dataWords } from '../../../../api';
import type { DnsResult } from '../../plugin';

/** What is done to a response on its way back: to each record, or to the whole. */
export interface ResponseRule {
  record?(record: DnsRecord): DnsRecord;
  whole?(result: DnsResult): DnsResult;
}

/** The place of the name in a record's data, by type. */
const NAME_AT: Readonly<Record<string, number>> = {
  SRV: 3,
  MX: 1,
  CNAME: 0,
  NS: 0,
  DNAME: 0,
  SOA: 0,
  PTR: 0,
};

/** Changes the name that a record belongs to. */
export function ownerRule(rewrite: (text: string) => string): ResponseRule {
  return { record: (record) => ({ ...record, name: rewrite(record.name) }) };
}

/** Changes the name that a record's data leads to. */
export function valueRule(rewrite: (text: string) => string): ResponseRule {
  return {
    record(record) {
      const at = NAME_AT[record.type];
      if (at === undefined) return record;
      const words = [...dataWords(record.data)];
      words[at] = rewrite(words[at] ?? '');
      return { ...record, data: words.join(' ') };
    },
  };
}

/** Brings a record's time within bounds. */
export function ttlRule(min: number, max: number): ResponseRule {
  return { record: (record) => ({ ...record, ttl: Math.min(Math.max(record.ttl, min), max) }) };
}

/** Puts one code in the place of another; as in CoreDNS, only a response with records is looked at. */
export function codeRule(from: DnsCode, to: DnsCode): ResponseRule {
  return {
    whole(result) {
      const records = result.answers.length + result.authority.length + result.additional.length;
      return result.code === from && records > 0 ? { ...result, code: to } : result;
    },
  };
}

/** Applies rules to a response, the last rule first. */
export function applyResponseRules(result: DnsResult, rules: readonly ResponseRule[]): DnsResult {
  let made = result;
  for (const rule of [...rules].reverse()) {
    if (rule.record !== undefined) made = withRecords(made, rule.record);
    made = rule.whole?.(made) ?? made;
  }
  return made;
}

function withRecords(result: DnsResult, change: (record: DnsRecord) => DnsRecord): DnsResult {
  return {
    ...result,
    answers: result.answers.map((each) => change(each)),
    authority: result.authority.map((each) => change(each)),
    additional: result.additional.map((each) => change(each)),
  };
}
