import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isSecure } from './origin';

const NONCE_BYTES = 16;
const TWO_YEARS_SECONDS = 63_072_000;

/** What a page may load and do. Scripts run when they carry this answer's nonce, or are loaded by one that does. */
export function contentPolicy(
  nonce: string,
  { dev, secure }: { readonly dev: boolean; readonly secure: boolean },
): string {
  const rules = [
    "default-src 'self'",
    // Next's own tools compile in the browser while developing.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    // Monaco and xterm write style sheets of their own, and have no way to give them a nonce.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ];
  return rules.join('; ');
}

/**
 * Sets what every answer carries, and gives the nonce of its scripts. Next finds that in the request's header and puts it on its
 * own.
 */
export function secure(request: IncomingMessage, response: ServerResponse, dev: boolean): string {
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  const isSafe = isSecure(request);
  const policy = contentPolicy(nonce, { dev, secure: isSafe });
  request.headers['content-security-policy'] = policy;
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  // Not "no-referrer": forms would then be sent with the origin "null".
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  if (isSafe)
    response.setHeader('Strict-Transport-Security', `max-age=${TWO_YEARS_SECONDS}; includeSubDomains`);
  return nonce;
}
