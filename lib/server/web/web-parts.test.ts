import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { callerAddress } from './caller';
import { readSaid, SAID_COOKIE, saidCookie } from './said-cookie';
import { contentPolicy } from './security-headers';

const from = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

describe('callerAddress', () => {
  it.each([
    [0, '10.0.0.9', '1.2.3.4', '10.0.0.9'],
    [1, '10.0.0.9', '1.2.3.4', '1.2.3.4'],
    [1, '10.0.0.9', 'made-up, 1.2.3.4', '1.2.3.4'],
    [2, '10.0.0.9', 'made-up, 1.2.3.4, 10.0.0.8', '1.2.3.4'],
    [1, '10.0.0.9', undefined, '10.0.0.9'],
    [3, '10.0.0.9', '1.2.3.4', '10.0.0.9'],
  ])('[V17] behind %i proxies, from %s with %s: %s', (proxies, remote, forwarded, caller) => {
    expect(callerAddress(from(remote, forwarded), proxies)).toBe(caller);
  });
});

describe('what a page is told once', () => {
  const said = {
    form: 'sign-up',
    problem: 'Too short: “ä”.',
    field: 'password',
    typed: { email: 'a@b.example' },
  };
  const cookieValue = (line: string) => line.split(';')[0]?.slice(SAID_COOKIE.length + 1);

  it('[V17] comes back from the cookie as it went in', () => {
    expect(readSaid(cookieValue(saidCookie(said, true)))).toEqual(said);
    expect(saidCookie(said, true)).toMatch(/; HttpOnly; SameSite=Lax; Secure$/);
  });

  it('[V17] leaves out what was typed rather than be too long for a cookie', () => {
    const long = { ...said, typed: { name: 'x'.repeat(4_000) } };
    expect(readSaid(cookieValue(saidCookie(long, false)))?.typed).toBeUndefined();
  });

  it.each([
    '',
    'nonsense',
    Buffer.from('{"form":1}').toString('base64url'),
    Buffer.from('null').toString('base64url'),
  ])('[V17] is nothing when it is not ours: %s', (value) => {
    expect(readSaid(value)).toBeUndefined();
  });
});

describe('contentPolicy', () => {
  it('[V18] lets no script run that has no nonce, and no other site frame a page', () => {
    const policy = contentPolicy('abc', { dev: false, secure: true });
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("form-action 'self'");
  });
});
