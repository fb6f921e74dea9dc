import type { IncomingMessage, ServerResponse } from 'node:http';
import { GUEST_COOKIE, guestCookie, tokenFromCookies } from '../guest-token';
import type { Guests } from '../guests';
import { isSecure } from './origin';

/** Pages that keep something for their visitor. */
const LAB_PAGE = /^\/(?:labs\/[a-z0-9-]+\/[a-z0-9-]+|cohorts\/new|join(?:\/[\w-]+)?)\/?$/;

/**
 * Remembers whoever opens a lab for the first time. Next cannot set a cookie while it renders a page, so it is done
 * before: the response carries the cookie, and the page being rendered already sees it.
 */
export async function greetGuest(
  guests: Guests,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path] = (request.url ?? '').split('?');
  const reads = request.method === 'GET' || request.method === 'HEAD';
  // Next fetches ahead what a page links to: nobody has come to the lab yet.
  if (!reads || !LAB_PAGE.test(path ?? '') || 'next-router-prefetch' in request.headers) return;
  if ((await guests.find(tokenFromCookies(request.headers.cookie))) !== undefined) return;
  const { token } = await guests.create();
  response.appendHeader('Set-Cookie', guestCookie(token, isSecure(request)));
  const others = (request.headers.cookie ?? '')
    .split(';')
    .filter((pair) => !pair.trim().startsWith(`${GUEST_COOKIE}=`));
  request.headers.cookie = [...others, `${GUEST_COOKIE}=${token}`]
    .filter((pair) => pair.trim() !== '')
    .join('; ');
}
