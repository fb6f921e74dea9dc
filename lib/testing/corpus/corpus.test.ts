import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workspace } from '../../workspace';
import { readTable } from './read-table';
import { startState } from './start.test-support';
import { serveTwins, type Twins } from './twins.test-support';
import { type Compared, typeBoth } from './type-both.test-support';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
/** Far more than a table takes on an idle machine. */
const TABLE_MS = 600_000;

let twins: Twins;
let start: Workspace;
beforeAll(async () => {
  twins = await serveTwins();
  start = await startState(join(FOLDER, 'files'));
}, TABLE_MS);
afterAll(() => twins.stop());

describe.each(readdirSync(join(FOLDER, 'tables')))('[TC1] %s', (table) => {
  const rows = readTable(readFileSync(join(FOLDER, 'tables', table), 'utf8'));
  const typed = rows.filter(({ setup }) => !setup);
  let compared: readonly Compared[];
  beforeAll(async () => {
    compared = await typeBoth(start, rows, twins);
  }, TABLE_MS);
  for (const [index, { command }] of typed.entries()) {
    it(`${index + 1}. ${command}`, () => {
      const { ours, real } = compared[index] as Compared;
      expect(ours).toEqual(real);
    });
  }
});
