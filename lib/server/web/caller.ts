import type { IncomingMessage } from 'node:http';

/** The network address that a request comes from, as the last proxy of ours saw it. */
export function callerAddress(request: IncomingMessage, proxies: number): string {
  const direct = request.socket.remoteAddress ?? '';
  if (proxies === 0) return direct;
  const told = request.headers['x-forwarded-for'];
  const chain = (typeof told === 'string' ? told : '').split(',').map((each) => each.trim());
  // Each proxy adds whom it saw at the end; what stands before is whatever the caller claimed.
  return chain.at(-proxies) || direct;
}
