import type { IncomingMessage, ServerResponse } from 'node:http';
import { decide, routeRule } from '../access';
import type { People } from '../accounts';
import { GUEST_COOKIE, guestCookie } from '../guest-token';
import { isSameOrigin, isSecure } from './origin';
import { FORGOTTEN_SAID, SAID_COOKIE } from './said-cookie';

/** Where a request for nothing that there is, or that may be known of, is sent: Next shows its page for that. */
const NOWHERE = '/_nowhere';
/** Next's own files, which hold nothing of anybody's. */
const NEXT_FILES = /^\/_next\/static\//;
const NEXT_DEV_FILES = /^\/(_next|__nextjs)/;

/** How a request is let through to the pages, or not. */
export interface Guard {
  /** True when the request was answered here. */
  admit(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

/** Holds every request for a page against the one table of rules. */
export function createGuard(people: People, dev: boolean): Guard {
  return {
    async admit(request, response) {
      const path = pathOf(request);
      if (NEXT_FILES.test(path) || (dev && NEXT_DEV_FILES.test(path))) return false;
      const rule = routeRule(path);
      if (rule === undefined || (rule.devOnly && !dev)) return nowhere(request);
      // Only our own pages may send anything: browsers say where it comes from.
      if (!reads(request) && !isSameOrigin(request.headers)) return refuseForeign(response);
      const { person, cookies } = await people.identify(request.headers.cookie);
      for (const line of cookies) response.appendHeader('Set-Cookie', line);
      forgetSaid(request, response);
      const decision = decide(person, rule.action);
      if (decision.allowed) return false;
      if (rule.action === 'lab.work') {
        await greet(people, request, response);
        return false;
      }
      if (decision.because === 'nobody' || decision.because === 'guest')
        return askToSignIn(request, response);
      return rule.withFacts ? false : nowhere(request);
    },
  };
}

/**
 * Remembers whoever opens a lab for the first time. Next cannot set a cookie while it renders a page, so it is done
 * before: the response carries the cookie, and the page being rendered already sees it.
 */
async function greet(people: People, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Next fetches ahead what a page links to: nobody has come to the lab yet.
  if (isPrefetch(request)) return;
  const { token } = await people.createGuest();
  response.appendHeader('Set-Cookie', guestCookie(token, isSecure(request)));
  const others = (request.headers.cookie ?? '')
    .split(';')
    .filter((pair) => !pair.trim().startsWith(`${GUEST_COOKIE}=`));
  request.headers.cookie = [...others, `${GUEST_COOKIE}=${token}`]
    .filter((pair) => pair.trim() !== '')
    .join('; ');
}

function askToSignIn(request: IncomingMessage, response: ServerResponse): true {
  const next =
    request.method === 'GET' ? `?next=${encodeURIComponent(withoutNextsOwn(request.url ?? '/'))}` : '';
  response.writeHead(303, { Location: `/sign-in${next}`, 'Cache-Control': 'no-store' });
  response.end();
  return true;
}

function refuseForeign(response: ServerResponse): true {
  response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end('This was not sent by a page of Portside.\n');
  return true;
}

function reads(request: IncomingMessage): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}

function nowhere(request: IncomingMessage): false {
  request.url = NOWHERE;
  return false;
}

/** What a page tells once is told once. */
function forgetSaid(request: IncomingMessage, response: ServerResponse): void {
  if (isPrefetch(request) || !(request.headers.cookie ?? '').includes(`${SAID_COOKIE}=`)) return;
  response.appendHeader('Set-Cookie', FORGOTTEN_SAID);
}

function isPrefetch(request: IncomingMessage): boolean {
  return 'next-router-prefetch' in request.headers;
}

/** A page that is fetched by Next's router has a parameter of Next's. */
function withoutNextsOwn(address: string): string {
  const url = new URL(address, 'http://here.invalid');
  url.searchParams.delete('_rsc');
  return `${url.pathname}${url.search}`;
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}
