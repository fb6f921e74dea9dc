import { decode, type OptAnswer } from 'dns-packet';
import {
  type DnsAnswer,
  type DnsCode,
  type DnsEdns,
  type DnsQuery,
  dnsClassName,
  dnsTypeName,
  encodeDnsResponse,
  labelText,
} from '../../api';

/** What a received message asks for. */
export type Received =
  | { readonly kind: 'query'; readonly id: number; readonly opcode: number; readonly query: DnsQuery }
  /** It is answered at once, with this. */
  | { readonly kind: 'refuse'; readonly reply: Uint8Array }
  /** Any reply to it could be used against others. */
  | { readonly kind: 'ignore' };

const HEADER_BYTES = 12;
const RESPONSE = 0x8000;
const RECURSION_DESIRED = 0x0100;
const AUTHENTIC_DATA = 0x0020;
const CHECKING_DISABLED = 0x0010;
const QUERY = 0;
const NOTIFY = 4;
/** Records that a query may bring in its answer, authority and additional sections. */
const MAX_RECORDS = [1, 1, 2] as const;

/** Reads a query as CoreDNS' library accepts it (miekg/dns `defaultMsgAcceptFunc`). */
export function readQuery(message: Buffer): Received {
  if (message.length < HEADER_BYTES) return { kind: 'ignore' };
  const id = message.readUInt16BE(0);
  const flags = message.readUInt16BE(2);
  const opcode = (flags >> 11) & 0xf;
  if ((flags & RESPONSE) !== 0) return { kind: 'ignore' };
  const refuse = (code: DnsCode, as: number): Received => ({ kind: 'refuse', reply: bare(id, as, code) });
  if (opcode !== QUERY && opcode !== NOTIFY) return refuse('NOTIMP', opcode);
  const tooMany = MAX_RECORDS.some((most, index) => message.readUInt16BE(6 + 2 * index) > most);
  if (message.readUInt16BE(4) !== 1 || tooMany) return refuse('FORMERR', QUERY);
  const question = readQuestion(message);
  const edns = readEdns(message);
  if (question === undefined || edns === 'malformed') return refuse('FORMERR', QUERY);
  const query: DnsQuery = {
    ...question,
    recursionDesired: (flags & RECURSION_DESIRED) !== 0,
    authenticData: (flags & AUTHENTIC_DATA) !== 0,
    checkingDisabled: (flags & CHECKING_DISABLED) !== 0,
    ...(edns === undefined ? {} : { edns }),
  };
  return { kind: 'query', id, opcode, query };
}

/** The question's own bytes: its name keeps every byte of its labels. */
function readQuestion(message: Buffer): DnsQuery | undefined {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = message[at]; length !== 0; length = message[at]) {
    // The first name of a message has nothing that it could point to.
    if (length === undefined || length > 63 || at + 1 + length > message.length) return undefined;
    labels.push(labelText(message.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
  }
  if (at - HEADER_BYTES >= 255 || at + 5 > message.length) return undefined;
  return {
    name: `${labels.join('.')}.`,
    type: dnsTypeName(message.readUInt16BE(at + 1)),
    class: dnsClassName(message.readUInt16BE(at + 3)),
  };
}

function readEdns(message: Buffer): DnsEdns | undefined | 'malformed' {
  let packet: ReturnType<typeof decode>;
  try {
    packet = decode(message);
  } catch (error) {
    // It throws plain errors about names, and Node's about lengths, at whatever does not add up.
    if (error instanceof Error) return 'malformed';
    throw error;
  }
  const opt = packet.additionals?.find((record): record is OptAnswer => record.type === 'OPT');
  if (opt === undefined) return undefined;
  return {
    size: opt.udpPayloadSize,
    version: opt.ednsVersion,
    dnssecOk: opt.flag_do,
    options: opt.options.map((option) => ({
      code: option.code,
      data: Buffer.isBuffer(option.data) ? option.data.toString('hex') : '',
    })),
  };
}

function bare(id: number, opcode: number, code: DnsCode): Uint8Array {
  const answer: DnsAnswer = { code, authoritative: false, answers: [], authority: [], additional: [] };
  return encodeDnsResponse({ id, opcode, answer });
}
