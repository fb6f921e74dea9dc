import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lab } from '../../labs';
import { answerKube, createWallHost, kubeconfigText } from '../kube-api';
import { log } from '../log';
import { sandboxWorkspace } from './sandbox-workspace';

/** What `portside sandbox --serve` serves. */
export interface ServeOptions {
  readonly port: number;
  readonly seed: number;
  readonly nodes: number;
  readonly images: 'catalogue' | 'any';
  readonly lab?: Lab | undefined;
}

const HOST = '127.0.0.1';

/** Serves one fresh cluster's API on the loopback until a signal comes; resolves with the exit status. */
export async function serveSandbox(options: ServeOptions): Promise<number> {
  const workspace = await sandboxWorkspace({ ...options, startAt: Date.now() });
  const host = createWallHost(workspace, (error) => {
    log('error', 'sandbox-failed', { error });
    process.exit(1);
  });
  const server = createServer((incoming, outgoing) => {
    void answerKube(host, incoming.url ?? '/', incoming, outgoing);
  });
  const refusal = await listen(server, options.port);
  if (refusal !== undefined) {
    process.stderr.write(`portside: ${refusal}\n`);
    host.close();
    return 1;
  }
  const url = `http://${HOST}:${options.port}`;
  const kubeconfig = join(mkdtempSync(join(tmpdir(), 'portside-')), 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigText({ server: url, cluster: 'portside' }), { mode: 0o600 });
  process.stdout.write(`Serving a cluster's API at ${url}/\nKUBECONFIG=${kubeconfig}\n`);
  await stopSignal();
  server.close();
  server.closeAllConnections();
  host.close();
  return 0;
}

function listen(server: Server, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.once('error', (error: Error & { readonly code?: string }) => {
      resolve(error.code === 'EADDRINUSE' ? `port ${port} is already in use` : error.message);
    });
    server.listen(port, HOST, () => resolve(undefined));
  });
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
