import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A sandbox's API, served by a process of its own as `portside sandbox --serve` does. */
export interface ServedSandbox {
  readonly server: string;
  stop(): Promise<void>;
}

/** Serves a sandbox on a free port; resolves once it says that it does. */
export async function serveSandbox(port: number, flags: readonly string[] = []): Promise<ServedSandbox> {
  const args = ['lib/server/bin/portside.mjs', 'sandbox', '--serve', String(port), ...flags];
  // Tests and benches alike run in the project's folder; this code may be part of a bundle that lies elsewhere.
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const server = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (piece: string) => {
      text += piece;
      const found = /at (http:\S+)\/\n/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('error', reject);
    exited.then(([code]) => reject(new Error(`the sandbox ended with ${String(code)}: ${text}`)), reject);
  });
  return {
    server,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
