import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../../shared/conformance/', import.meta.url));

/** Whether the runner lies beside the repository. */
export const hasRunner = existsSync(join(FOLDER, 'run.mjs'));

/** One case as the runner judged it. */
export interface Judged {
  readonly suite: string;
  readonly id: string;
  readonly status: 'pass' | 'fail' | 'skip';
  readonly message?: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/** Lets the runner judge a server; its exit status is left aside, for what failed is in the result. */
export async function runConformance(
  server: string,
  suites: readonly string[],
  flags: readonly string[] = [],
): Promise<readonly Judged[]> {
  const folder = mkdtempSync(join(tmpdir(), 'portside-conformance-'));
  const output = join(folder, 'result.json');
  // The sandbox is thrown away, so nothing need be waited for at the end.
  const args = [
    'run.mjs',
    '--server',
    server,
    '--data',
    'cases',
    '--json',
    output,
    '--no-cleanup-wait',
    ...flags,
  ];
  try {
    const runner = spawn(process.execPath, [...args, '--suite', ...suites], { cwd: FOLDER, stdio: 'ignore' });
    await once(runner, 'exit');
    return (JSON.parse(readFileSync(output, 'utf8')) as { readonly results: readonly Judged[] }).results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
