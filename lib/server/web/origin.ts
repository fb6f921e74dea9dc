import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/** Whether the browser speaks https, to us or to the proxy before us. */
export function isSecure(request: IncomingMessage): boolean {
  const forwarded = request.headers['x-forwarded-proto'];
  const [first] = (typeof forwarded === 'string' ? forwarded : '').split(',');
  return first?.trim() === 'https' || request.socket instanceof TLSSocket;
}

/** The address by which the other side knows us, as in "https://portside.example". */
export function externalOrigin(request: IncomingMessage): string {
  const forwarded = request.headers['x-forwarded-host'];
  const host =
    (typeof forwarded === 'string' ? forwarded.split(',')[0]?.trim() : undefined) ?? request.headers.host;
  return `${isSecure(request) ? 'https' : 'http'}://${host ?? 'localhost'}`;
}

/** Whether a request comes from one of our own pages. A request that names no origin is not a browser's socket. */
export function isSameOrigin(headers: IncomingMessage['headers']): boolean {
  const { origin, host } = headers;
  const forwarded = headers['x-forwarded-host'];
  if (origin === undefined || !URL.canParse(origin)) return false;
  return [host, forwarded].includes(new URL(origin).host);
}
