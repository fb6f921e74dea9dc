import { type DnsAnswer, DnsFormatError, type DnsQuery, encodeDnsResponse } from '../../api';
import { log } from '../log';
import { readQuery } from './read-query';

/** Asks whoever knows; undefined when no answer comes back. */
export type Resolve = (query: DnsQuery, protocol: 'UDP' | 'TCP') => Promise<DnsAnswer | undefined>;

/** The reply to one received message; undefined for silence. */
export async function replyTo(
  message: Buffer,
  protocol: 'UDP' | 'TCP',
  resolve: Resolve,
): Promise<Uint8Array | undefined> {
  const received = readQuery(message);
  if (received.kind === 'ignore') return undefined;
  if (received.kind === 'refuse') return received.reply;
  const { id, opcode, query } = received;
  const answer = await resolve(query, protocol);
  if (answer === undefined) return undefined;
  try {
    return encodeDnsResponse({ id, opcode, query, answer });
  } catch (error) {
    if (!(error instanceof DnsFormatError)) throw error;
    log('error', 'dns-answer-unwritable', { query, error });
    return encodeDnsResponse({ id, opcode, query, answer: failed(answer) });
  }
}

function failed({ edns }: DnsAnswer): DnsAnswer {
  return { code: 'SERVFAIL', authoritative: false, edns, answers: [], authority: [], additional: [] };
}
