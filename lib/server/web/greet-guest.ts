import type { IncomingMessage, ServerResponse } from 'node:http';
import { GUEST_COOKIE, guestCookie, tokenFromCookies } from '../guest-token';
import type { Guests } from '../guests';
import { isSameOrigin, isSecure } from './origin';

/** Pages that keep something for their visitor. */
const KEEPS = /^\/(?:labs\/[a-z0-9-]+\/[a-z0-9-]+|cohorts\/new|join(?:\/[\w-]+)?)\/?$/;
/** And what is sent there: a chapter's block, to be run in a sandbox. */
const SENT = /^\/sandbox\/run$/;

/**
 * Remembers whoever opens such a page for the first time. Next cannot set a cookie while it renders a page, so it is done
 * before: the response carries the cookie, and the page being rendered already sees it.
 */
export async function greetGuest(
  guests: Guests,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path] = (request.url ?? '').split('?');
  const reads = request.method === 'GET' || request.method === 'HEAD';
  // Next fetches ahead what a page links to: nobody has come there yet.
  const comes = reads && KEEPS.test(path ?? '') && !('next-router-prefetch' in request.headers);
  const sends = request.method === 'POST' && SENT.test(path ?? '') && isSameOrigin(request.headers);
  if (!comes && !sends) return;
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
