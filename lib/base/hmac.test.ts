import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Url, fromBase64Url } from './base64';
import { hmacSha256 } from './hmac';
import { utf8Bytes } from './sha256';

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

describe('hmacSha256', () => {
  // RFC 4231, cases 1, 2 and 6.
  it.each([
    [
      new Uint8Array(20).fill(0x0b),
      'Hi There',
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    ],
    [
      utf8Bytes('Jefe'),
      'what do ya want for nothing?',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [
      new Uint8Array(131).fill(0xaa),
      'Test Using Larger Than Block-Size Key - Hash Key First',
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
  ])('case %#', (key, text, expected) => {
    expect(hex(hmacSha256(key, utf8Bytes(text)))).toBe(expected);
  });
});

describe('base64Url', () => {
  it.each([
    ['', ''],
    ['f', 'Zg'],
    ['fo', 'Zm8'],
    ['foo', 'Zm9v'],
    ['???>>>', 'Pz8_Pj4-'],
  ])('%j is %j', (text, encoded) => {
    expect(base64Url(utf8Bytes(text))).toBe(encoded);
  });

  it('round trips', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        expect([...(fromBase64Url(base64Url(bytes)) ?? [])]).toEqual([...bytes]);
      }),
    );
  });

  it.each(['a', 'a=', 'a+b/', 'äb'])('%j is none', (text) => {
    expect(fromBase64Url(text)).toBeUndefined();
  });
});
