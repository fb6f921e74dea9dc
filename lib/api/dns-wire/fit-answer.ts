import type { DnsAnswer, DnsQuery, DnsRecord } from '../network';
import { encodeDnsQuery, encodeDnsResponse, writeOpt, writeQuestion, writeRecord } from './message';
import { createDnsWriter } from './writer';

/** What every client takes over UDP, and what a message over TCP can be at most. */
const MIN_UDP_BYTES = 512;
const MAX_MESSAGE_BYTES = 65_535;
/** Over this, CoreDNS compresses what it sends over UDP and IPv4, lest the packet be broken up. */
const FRAGMENT_BYTES = 1480;
const HEADER_BYTES = 12;

/** How long an answer with its question is on the wire. */
export function dnsAnswerBytes(query: DnsQuery, answer: DnsAnswer): number {
  return encodeDnsResponse({ id: 0, query, answer }).length;
}

/** How long a query is on the wire. */
export function dnsQueryBytes(query: DnsQuery): number {
  return encodeDnsQuery(0, query).length;
}

/** The largest answer that a client takes. */
export function dnsAnswerLimit({ edns }: DnsQuery, protocol: 'UDP' | 'TCP'): number {
  return protocol === 'TCP' ? MAX_MESSAGE_BYTES : Math.max(MIN_UDP_BYTES, edns?.size ?? 0);
}

/**
 * Makes an answer fit what its client takes, as CoreDNS does (`request.Scrub`, miekg/dns `Truncate`): plain when it
 * fits so, else compressed, else without the records that are too many, and marked as truncated.
 */
export function fitDnsAnswer(query: DnsQuery, answer: DnsAnswer, protocol: 'UDP' | 'TCP'): DnsAnswer {
  const limit = dnsAnswerLimit(query, protocol);
  if (isSurelySmall(query, answer)) return { ...answer, compressed: false };
  const { length } = encodeDnsResponse({ id: 0, query, answer: { ...answer, compressed: false } });
  if (length <= limit) return { ...answer, compressed: protocol === 'UDP' && length > FRAGMENT_BYTES };
  return cut(query, { ...answer, compressed: true }, limit);
}

/** Bytes of a question's or a record's fixed parts and an address, generously. */
const FIXED_BYTES = 24;
/** Labels that the writer takes as they are, and short enough. */
const SIMPLE_NAME = /^(?=.{1,200}$)(?:[a-zA-Z0-9_-]{1,63}\.)+$/;
const ADDRESS = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/**
 * Whether an answer fits every client, as can be told without writing it out: a few IPv4 addresses of plain names, or
 * nothing. Names take two bytes more than they have characters.
 */
function isSurelySmall(query: DnsQuery, { answers, authority, additional, edns }: DnsAnswer): boolean {
  if (edns !== undefined || authority.length > 0 || additional.length > 0) return false;
  if (query.type !== 'A' && query.type !== 'AAAA') return false;
  if ((query.class ?? 'IN') !== 'IN' || !SIMPLE_NAME.test(query.name)) return false;
  let bytes = HEADER_BYTES + FIXED_BYTES + query.name.length;
  for (const { name, type, class: of = 'IN', data } of answers) {
    if (type !== 'A' || of !== 'IN' || !ADDRESS.test(data) || !SIMPLE_NAME.test(name)) return false;
    bytes += FIXED_BYTES + name.length;
  }
  return bytes <= MIN_UDP_BYTES;
}

function cut(query: DnsQuery, answer: DnsAnswer, limit: number): DnsAnswer {
  const writer = createDnsWriter(true);
  writer.bytes(Array<number>(HEADER_BYTES).fill(0));
  writeQuestion(writer, query);
  let room = limit;
  if (answer.edns !== undefined) {
    const opt = createDnsWriter(false);
    writeOpt(opt, answer.edns, 0);
    room -= opt.length;
  }
  let full = writer.length >= room;
  const fitting = (records: readonly DnsRecord[]) =>
    records.filter((record) => {
      if (full) return false;
      const before = writer.length;
      writeRecord(writer, record);
      full = writer.length >= room;
      if (writer.length <= room) return true;
      writer.cut(before);
      return false;
    });
  const answers = fitting(answer.answers);
  const authority = fitting(answer.authority);
  const additional = fitting(answer.additional);
  const left =
    answers.length < answer.answers.length ||
    authority.length < answer.authority.length ||
    additional.length < answer.additional.length;
  return { ...answer, answers, authority, additional, truncated: answer.truncated === true || left };
}
