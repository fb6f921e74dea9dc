import { describe, expect, it } from 'vitest';
import { maskSecrets } from './mask-secrets';

const secret = (data: object | undefined, kind = 'Secret') => ({ apiVersion: 'v1', kind, data });

describe('maskSecrets, as kubectl diff does', () => {
  it.each([
    ['what stays', { a: 'YQ==' }, { a: 'YQ==' }, { a: '***' }, { a: '***' }],
    ['what changes', { a: 'YQ==' }, { a: 'Yg==' }, { a: '*** (before)' }, { a: '*** (after)' }],
    ['what comes and goes', { a: 'YQ==' }, { b: 'YQ==' }, { a: '***' }, { b: '***' }],
  ])('%s', (_, before, after, shownBefore, shownAfter) => {
    const masked = maskSecrets(secret(before), secret(after));
    expect([masked.before?.data, masked.after.data]).toEqual([shownBefore, shownAfter]);
  });

  it('a Secret that is not there yet is null, and one without data has none', () => {
    expect(maskSecrets(undefined, secret({ a: 'YQ==' }))).toEqual({
      before: null,
      after: secret({ a: '***' }),
    });
    const bare = { apiVersion: 'v1', kind: 'Secret' };
    expect(maskSecrets(bare, bare)).toEqual({ before: bare, after: bare });
  });

  it('other kinds are shown as they are', () => {
    const map = secret({ a: 'plain' }, 'ConfigMap');
    expect(maskSecrets(undefined, map)).toEqual({ before: undefined, after: map });
  });
});
