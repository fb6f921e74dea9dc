import { utf8Bytes } from '../../base';
import type { Flags } from '../process';
import { base64 } from './base64';

/** The version that curl says it is. */
export const CURL_VERSION = '8.14.1';

/** The headers in the order in which curl writes them: its own, those of `-H`, what tells of the body. */
export function headersOf(flags: Flags, body: string | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  const user = flags.value('u');
  if (user !== undefined) headers.Authorization = `Basic ${base64(user)}`;
  if (flags.has('oauth2-bearer')) headers.Authorization = `Bearer ${flags.value('oauth2-bearer') ?? ''}`;
  headers['User-Agent'] = flags.value('A') ?? `curl/${CURL_VERSION}`;
  headers.Accept = '*/*';
  if (flags.has('compressed')) headers['Accept-Encoding'] = 'deflate, gzip, br, zstd';
  if (flags.has('e')) headers.Referer = flags.value('e') ?? '';
  if (flags.has('b')) headers.Cookie = flags.value('b') ?? '';
  const asJson = flags.has('json') ? ['Content-Type: application/json', 'Accept: application/json'] : [];
  addCustom(headers, [...asJson, ...flags.values('H')]);
  if (body === undefined) return headers;
  const given = (name: string) => Object.keys(headers).some((each) => each.toLowerCase() === name);
  if (!given('content-length')) headers['Content-Length'] = String(utf8Bytes(body).length);
  if (!given('content-type')) headers['Content-Type'] = 'application/x-www-form-urlencoded';
  return headers;
}

/** `-H`: "Name: value" takes the place of what curl would say, "Name:" drops it, "Name;" sends it empty. */
function addCustom(headers: Record<string, string>, texts: readonly string[]): void {
  for (const text of texts) {
    const cut = text.search(/[:;]/);
    if (cut < 0) continue;
    const name = text.slice(0, cut).trim();
    const value = text.slice(cut + 1).trim();
    const same = Object.keys(headers).find((known) => known.toLowerCase() === name.toLowerCase());
    if (same !== undefined) delete headers[same];
    if (value !== '' || text[cut] === ';') headers[name] = value;
  }
}
