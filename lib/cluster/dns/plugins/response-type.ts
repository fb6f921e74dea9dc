import type { DnsAnswer, DnsQuery } from '../../../api';

/** What kind of response it is, as CoreDNS tells them apart (`response.Typify`). */
export type ResponseType =
  | 'NOERROR'
  | 'NXDOMAIN'
  | 'SERVERERROR'
  | 'NODATA'
  | 'DELEGATION'
  | 'META'
  | 'OTHERERROR';

/** The three classes that log and cache know. */
export type ResponseClass = 'success' | 'denial' | 'error';

/** Tells the type of a response. */
export function responseType(query: DnsQuery, answer: DnsAnswer): ResponseType {
  if (query.type === 'AXFR' || query.type === 'IXFR') return 'META';
  const { code, answers, authority } = answer;
  if (answers.length > 0 && code === 'NOERROR') return 'NOERROR';
  const soa = authority.some(({ type }) => type === 'SOA');
  if (soa && code === 'NOERROR') return 'NODATA';
  if (soa && code === 'NXDOMAIN') return 'NXDOMAIN';
  if (code === 'SERVFAIL' || code === 'NOTIMP') return 'SERVERERROR';
  if (code !== 'NOERROR') return 'OTHERERROR';
  return authority.some(({ type }) => type === 'NS') ? 'DELEGATION' : 'NOERROR';
}

/** The class of a type. */
export function responseClass(type: ResponseType): ResponseClass {
  if (type === 'NOERROR' || type === 'DELEGATION') return 'success';
  return type === 'NXDOMAIN' || type === 'NODATA' ? 'denial' : 'error';
}
