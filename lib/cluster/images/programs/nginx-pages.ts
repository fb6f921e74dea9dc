import { httpDate } from '../../../base';
import type { ProcessEnv } from '../../seams';
import { byteLength, type HttpReply, reasonOf } from '../http';
import { nginxVersion } from './nginx-version';

/** A reply as nginx heads it. */
export function page(env: ProcessEnv, status: number, body: string, type = 'text/html'): HttpReply {
  return {
    kind: 'http',
    status,
    reason: status === 302 ? 'Moved Temporarily' : reasonOf(status),
    headers: [
      ['Server', `nginx/${nginxVersion(env.image)}`],
      ['Date', httpDate(env.now)],
      ['Content-Type', type],
      ['Content-Length', String(byteLength(body))],
      ['Connection', 'keep-alive'],
    ],
    body,
  };
}

/** nginx's own page for a status. */
export function errorPage(status: number, env: ProcessEnv): string {
  const title = `${status} ${status === 405 ? 'Not Allowed' : status === 302 ? 'Found' : reasonOf(status)}`;
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
  ];
  const end = [`<hr><center>nginx/${nginxVersion(env.image)}</center>`, '</body>', '</html>', ''];
  return [...lines, ...end].join('\r\n');
}
