import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTurn } from './build-turn';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portside-turn-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('what several processes need is made by one of them, and the others wait for it', async () => {
  const file = join(folder, 'cache/pages.lock');
  let made = 0;
  const make = async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    made += 1;
  };
  await Promise.all(Array.from({ length: 4 }, () => inTurn(file, () => made > 0, make)));
  expect(made).toBe(1);
  expect(existsSync(file)).toBe(false);
});

it('what one of them could not make is tried by the next', async () => {
  const file = join(folder, 'pages.lock');
  let tries = 0;
  const make = async () => {
    tries += 1;
    if (tries === 1) throw new Error('no');
  };
  const all = await Promise.allSettled([
    inTurn(file, () => tries > 1, make),
    inTurn(file, () => tries > 1, make),
  ]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(tries).toBe(2);
});

it.each([
  ['it is gone', () => spawnSync(process.execPath, ['-e', '']).pid],
  ['this one has its number now', () => process.pid],
])('the turn of a process that was killed over it is over: %s', async (_, pid) => {
  const file = join(folder, 'pages.lock');
  writeFileSync(file, String(pid()));
  let made = 0;
  await inTurn(
    file,
    () => false,
    async () => {
      made += 1;
    },
  );
  expect(made).toBe(1);
});
