import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** As long as the peer may take for a part; nothing else can stop it there. */
const PATIENCE_MS = 120_000;
const PARTS = { small: 'three nodes', large: '5000 Pods on 500 nodes' } as const;

/** Measures the nearest peer beside us. Its modules import each other as bundlers want it, so it is bundled first. */
async function benchPeer(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'portside-peer-'));
  try {
    const outfile = join(folder, 'peer.mjs');
    await build({
      entryPoints: [join(process.cwd(), 'lib/testing/peer/webernetes.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      logLevel: 'error',
    });
    let failed = 0;
    for (const [part, what] of Object.entries(PARTS)) {
      const { status } = spawnSync(process.execPath, ['--expose-gc', outfile, part], {
        stdio: 'inherit',
        timeout: PATIENCE_MS,
      });
      if (status === null) process.stdout.write(`\n  ${what}: cannot, not done in ${PATIENCE_MS / 1000} s\n`);
      failed ||= status ?? 0;
    }
    return failed;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

benchPeer().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
