import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planLaunch } from './postgres-account';

const OTHER = { uid: 65_534, gid: 65_534 };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portside-account-'));
  for (const name of ['open', 'shut']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'postgres'), '');
  }
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'shut'), 0o700);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('planLaunch', () => {
  it('[V2] runs the program as it is for an ordinary user', () => {
    const file = join(folder, 'shut', 'postgres');
    expect(planLaunch(file, ['-D', 'x'], undefined, [])).toEqual({ file, args: ['-D', 'x'], options: {} });
  });

  it('[V2] runs it as another account where that account can reach everything', () => {
    const file = join(folder, 'open', 'postgres');
    expect(planLaunch(file, [], OTHER, [])).toEqual({ file, args: [], options: OTHER });
  });

  it.skipIf(process.platform !== 'linux')(
    '[V2] keeps the way open into a folder that only root can enter',
    () => {
      const shut = join(folder, 'shut', 'postgres');
      const plan = planLaunch(shut, ['-p', '1'], OTHER, []);
      expect(plan.file).toMatch(/setpriv$/);
      expect(plan.args).toContain('--ambient-caps=+dac_override');
      expect(plan.args.slice(-3)).toEqual([shut, '-p', '1']);
      expect(planLaunch(join(folder, 'open', 'postgres'), [], OTHER, [shut]).file).toMatch(/setpriv$/);
    },
  );
});
