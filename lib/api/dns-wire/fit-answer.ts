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
  const { length } = encodeDnsResponse({ id: 0, query, answer: { ...answer, compressed: false } });
  if (length <= limit) return { ...answer, compressed: protocol === 'UDP' && length > FRAGMENT_BYTES };
  return cut(query, { ...answer, compressed: true }, limit);
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
