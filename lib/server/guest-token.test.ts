import { describe, expect, it } from 'vitest';
import { guestCookie, hashToken, newToken, tokenFromCookies } from './guest-token';

describe('guest tokens', () => {
  it('[V8] come back from the cookie that carries them', () => {
    const token = newToken();
    const [pair] = guestCookie(token, false).split(';');
    expect(tokenFromCookies(`theme=dark; ${pair}; other=1`)).toBe(token);
    expect(hashToken(token)).not.toContain(token);
  });

  it.each([
    [undefined],
    [''],
    ['portside_guest='],
    ['portside_guest=short'],
    ["portside_guest='; DROP TABLE user"],
  ])('[V8] %s is no token', (header) => {
    expect(tokenFromCookies(header)).toBeUndefined();
  });

  it('[V8] are out of reach of scripts and other sites, and secure over https', () => {
    expect(guestCookie(newToken(), true)).toMatch(/; HttpOnly; SameSite=Lax; Secure$/);
    expect(guestCookie(newToken(), false)).toMatch(/; HttpOnly; SameSite=Lax$/);
  });
});
