import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OBJECT_LIMIT } from '../cluster/held';
import { BODY_LIMIT_BYTES } from '../http/request/read-bytes';
import { SESSION_SECONDS } from './accounts/auth';
import { RATE_LIMITS } from './accounts/rate-limits';
import { REQUEST_LIMITS } from './kube-api';
import { FILE_LIMIT } from './live/client-message';
import { projectRoot } from './project-root';

const table = readFileSync(join(projectRoot(), 'docs/operating.md'), 'utf8').split('## Limits').at(-1) ?? '';
/** The table of limits that whoever operates this reads, by what is limited. */
const told: ReadonlyMap<string, string> = new Map(
  Array.from(table.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm), ([, what = '', limit = '']) => [what, limit]),
);

test.each([
  ['signing in to one account from one address', 'sign-in-here'],
  ['signing in to one account', 'sign-in-account'],
  ['signing in from one address', 'sign-in-address'],
  ['accounts made from one address', 'sign-up-address'],
  ['mails to one account', 'mail-account'],
  ['mails asked for from one address', 'mail-address'],
  ['changes to an account', 'change-account'],
] as const)('%s are limited as the page for operators says', (what, name) => {
  const { points, duration } = RATE_LIMITS[name];
  const per = duration === 3_600 ? 'an hour' : `in ${duration / 60} minutes`;
  expect(told.get(what)?.replace(' tries', '')).toBe(`${points} ${per}`);
});

test('so is one workspace’s API', () => {
  const { perSecond, burst, longRunning } = REQUEST_LIMITS;
  expect(told.get("requests to one workspace's API")).toBe(
    `${perSecond} a second, ${burst} at once after a quiet time`,
  );
  expect(told.get('watches, followed logs and processes open in one workspace')).toBe(String(longRunning));
});

test('and so are a session, a file, the body of a request, a cluster', () => {
  expect(told.get('a session')).toBe(`${SESSION_SECONDS / 86_400} days after it was last used`);
  expect(told.get('a file in the editor')).toBe(`${FILE_LIMIT / 1024} KB`);
  expect(told.get('the body of one request to it')).toBe(`${BODY_LIMIT_BYTES / 1024 / 1024} MB`);
  expect(told.get('objects in one cluster')).toBe(OBJECT_LIMIT.toLocaleString('en'));
});
