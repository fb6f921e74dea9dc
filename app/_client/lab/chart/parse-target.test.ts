import { expect, test } from 'vitest';
import { parseTarget } from './parse-target';

test.each([
  ['web', { host: 'web', port: 80, path: '/' }],
  ['web:8080', { host: 'web', port: 8080, path: '/' }],
  [
    ' http://web.shop.svc.cluster.local:80/cart?x=1 ',
    { host: 'web.shop.svc.cluster.local', port: 80, path: '/cart?x=1' },
  ],
  ['10.96.0.1:443', { host: '10.96.0.1', port: 443, path: '/' }],
])('%j is a target', (text, target) => {
  expect(parseTarget(text)).toEqual(target);
});

test.each([
  ['', 'Say where'],
  ['https://web', 'plain HTTP'],
  ['web:0', 'Ports run from 1'],
  ['web:70000', 'Ports run from 1'],
  ['two words', 'no name or address'],
  ['-x', 'no name or address'],
])('%j is none, and is told why', (text, why) => {
  expect(parseTarget(text)).toEqual({ problem: expect.stringContaining(why) });
});
