import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { base32, sha256, sha256Hex, utf8Bytes } from './sha256';

describe('sha256', () => {
  it.each(['', 'abc', 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(1000), 'grüße 🚢 日本'])(
    'agrees with the platform on %j',
    (text) => {
      expect(sha256Hex(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
    },
  );

  it('gives the chain suffix that kube-proxy writes for default/web-service', () => {
    expect(base32(sha256(utf8Bytes('default/web-servicetcp'))).slice(0, 16)).toBe('SZGXCNNBZLC4E3DM');
  });
});
