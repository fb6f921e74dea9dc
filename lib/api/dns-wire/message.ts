import type { DnsAnswer, DnsEdns, DnsQuery, DnsRecord } from '../network';
import { dnsClassNumber, dnsCodeNumber, dnsTypeNumber } from './codes';
import { DnsFormatError } from './domain-name';
import { hexBytes, writeRecordData } from './record-data';
import { createDnsWriter, type DnsWriter } from './writer';

/** Flag bits of the header (RFC 1035 4.1.1, RFC 4035 3). */
const FLAGS = { response: 0x8000, aa: 0x0400, tc: 0x0200, rd: 0x0100, ra: 0x0080, ad: 0x0020, cd: 0x0010 };
const DNSSEC_OK = 0x8000;
const OPT = 41;

/** A response with the question that it answers. */
export interface DnsMessage {
  readonly id: number;
  /** 0 (a query) when absent. */
  readonly opcode?: number | undefined;
  /** Absent in answers to messages whose question could not be read. */
  readonly query?: DnsQuery | undefined;
  readonly answer: DnsAnswer;
}

/** A response as it goes over the wire; throws `DnsFormatError` for what no message can hold. */
export function encodeDnsResponse({ id, opcode = 0, query, answer }: DnsMessage): Uint8Array {
  const writer = createDnsWriter(answer.compressed ?? false);
  const code = dnsCodeNumber(answer.code);
  const flags =
    FLAGS.response |
    (opcode << 11) |
    (answer.authoritative ? FLAGS.aa : 0) |
    (answer.truncated ? FLAGS.tc : 0) |
    ((query?.recursionDesired ?? true) ? FLAGS.rd : 0) |
    (answer.recursionAvailable ? FLAGS.ra : 0) |
    (query?.checkingDisabled ? FLAGS.cd : 0) |
    (code & 0xf);
  const extra = answer.additional.length + (answer.edns === undefined ? 0 : 1);
  for (const value of [id, flags, query === undefined ? 0 : 1]) writer.u16(value);
  for (const value of [answer.answers.length, answer.authority.length, extra]) writer.u16(value);
  if (query !== undefined) writeQuestion(writer, query);
  for (const record of [...answer.answers, ...answer.authority, ...answer.additional])
    writeRecord(writer, record);
  if (answer.edns !== undefined) writeOpt(writer, answer.edns, code >> 4);
  return writer.finish();
}

/** A query as it goes over the wire. */
export function encodeDnsQuery(id: number, query: DnsQuery): Uint8Array {
  const writer = createDnsWriter(false);
  const flags =
    ((query.recursionDesired ?? true) ? FLAGS.rd : 0) |
    (query.authenticData ? FLAGS.ad : 0) |
    (query.checkingDisabled ? FLAGS.cd : 0);
  for (const value of [id, flags, 1, 0, 0, query.edns === undefined ? 0 : 1]) writer.u16(value);
  writeQuestion(writer, query);
  if (query.edns !== undefined) writeOpt(writer, query.edns, 0);
  return writer.finish();
}

/** Writes the question section. */
export function writeQuestion(writer: DnsWriter, { name, type, class: of = 'IN' }: DnsQuery): void {
  writer.domain(name, false);
  writer.u16(numberOf(type, dnsTypeNumber(type)));
  writer.u16(numberOf(of, dnsClassNumber(of)));
}

/** Writes one record. */
export function writeRecord(writer: DnsWriter, record: DnsRecord): void {
  const { name, type, class: of = 'IN', ttl, data } = record;
  writer.domain(name, true);
  writer.u16(numberOf(type, dnsTypeNumber(type)));
  writer.u16(numberOf(of, dnsClassNumber(of)));
  writer.u32(ttl);
  writer.sized(() => writeRecordData(writer, type, data));
}

/** Writes the EDNS record. */
export function writeOpt(writer: DnsWriter, edns: DnsEdns, extendedCode: number): void {
  writer.u8(0);
  writer.u16(OPT);
  writer.u16(edns.size);
  writer.u8(extendedCode);
  writer.u8(edns.version ?? 0);
  writer.u16(edns.dnssecOk ? DNSSEC_OK : 0);
  writer.sized(() => {
    for (const { code, data } of edns.options ?? []) {
      writer.u16(code);
      writer.sized(() => writer.bytes(hexBytes(data)));
    }
  });
}

function numberOf(name: string, number: number | undefined): number {
  if (number === undefined) throw new DnsFormatError(`no such type or class: ${name}`);
  return number;
}
