import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha512Hex } from './sha512';

describe('sha512', () => {
  it.each(['', 'abc', 'a'.repeat(111), 'a'.repeat(112), 'a'.repeat(1000), 'grüße 🚢 日本'])(
    'agrees with the platform on %j',
    (text) => {
      expect(sha512Hex(text)).toBe(createHash('sha512').update(text, 'utf8').digest('hex'));
    },
  );
});
