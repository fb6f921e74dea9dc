import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { CloudProvider } from '../../api';
import { findLab } from '../lab-library';
import { attachTerminal } from './attach-terminal';
import { type ProxyMode, sandboxWorkspace } from './sandbox-workspace';
import { serveSandbox } from './serve-sandbox';

/** The flags of `portside sandbox`. */
export interface SandboxOptions {
  readonly run?: string;
  /** Port of the API. */
  readonly serve?: number;
  /** Port of the DNS, where the API is served. */
  readonly dns?: number;
  readonly lab?: string;
  readonly seed: number;
  readonly nodes: number;
  readonly images: 'catalogue' | 'any';
  readonly cloud: CloudProvider;
  readonly proxy: ProxyMode;
}

/** Opens a prompt on a fresh cluster, runs a script in one, or serves its API; resolves with the exit status. */
export async function runSandbox(options: SandboxOptions): Promise<number> {
  const lab = options.lab === undefined ? undefined : await findLab(options.lab, options.seed);
  if (options.serve !== undefined) return serveSandbox({ ...options, lab, port: options.serve });
  // Like bash, a sandbox that is not on a terminal reads its standard input as a script.
  const path = options.run ?? (process.stdin.isTTY ? undefined : '-');
  const script = path === undefined ? undefined : await readScript(path);
  if (script instanceof Error) {
    process.stderr.write(`portside: cannot read ${path}: ${script.message}\n`);
    return 1;
  }
  const workspace = await sandboxWorkspace({ ...options, lab });
  if (script === undefined) return attachTerminal(workspace);
  return workspace.run(script, {
    out: (piece) => process.stdout.write(piece),
    err: (piece) => process.stderr.write(piece),
  });
}

async function readScript(path: string): Promise<string | Error> {
  try {
    return path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return error;
    throw error;
  }
}
