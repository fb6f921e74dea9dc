import { httpDate } from '../../base';
import { byteLength, type HttpReply, reasonOf } from '../images/http';

const TITLES: Readonly<Record<number, string>> = {
  302: 'Found',
  405: 'Not Allowed',
  413: 'Request Entity Too Large',
  503: 'Service Temporarily Unavailable',
};
const REASONS: Readonly<Record<number, string>> = {
  302: 'Moved Temporarily',
  405: 'Not Allowed',
  413: 'Request Entity Too Large',
  503: 'Service Temporarily Unavailable',
};

/** nginx' own page for a status, without its version (server_tokens off). */
export function ownPage(now: number, status: number, title?: string): HttpReply {
  const text = `${status} ${title ?? TITLES[status] ?? reasonOf(status)}`;
  const shown = title === undefined ? text : `400 Bad Request`;
  const body = [
    '<html>',
    `<head><title>${text}</title></head>`,
    '<body>',
    `<center><h1>${shown}</h1></center>`,
    ...(title === undefined ? [] : [`<center>${title}</center>`]),
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
  return reply(
    now,
    status,
    [
      ['Content-Type', 'text/html'],
      ['Content-Length', String(byteLength(body))],
    ],
    body,
  );
}

/** A reply as nginx heads it; it says nowhere who it is. */
export function reply(
  now: number,
  status: number,
  headers: HttpReply['headers'],
  body: string,
  reason = REASONS[status] ?? reasonOf(status),
): HttpReply {
  return {
    kind: 'http',
    status,
    reason,
    headers: [['Date', httpDate(now)], ...headers, ['Connection', 'keep-alive']],
    body,
  };
}
