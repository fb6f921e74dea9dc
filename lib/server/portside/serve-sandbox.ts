import { mkdtempSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudProvider } from '../../api';
import type { Lab } from '../../labs';
import { type DnsServer, serveDns } from '../dns-socket';
import { createKubeServer, createWallHost, type KubeHost, kubeconfigText } from '../kube-api';
import { log } from '../log';
import { clusterResolver } from './cluster-resolver';
import { type ProxyMode, sandboxWorkspace } from './sandbox-workspace';

/** What `portside sandbox --serve` serves. */
export interface ServeOptions {
  readonly port: number;
  /** Port of the cluster's DNS, over UDP and TCP; not served without it. */
  readonly dns?: number | undefined;
  readonly seed: number;
  readonly nodes: number;
  readonly images: 'catalogue' | 'any';
  readonly cloud: CloudProvider;
  readonly proxy: ProxyMode;
  readonly lab?: Lab | undefined;
}

const HOST = '127.0.0.1';

/** Serves one fresh cluster's API, and its DNS when asked to, on the loopback until a signal comes; resolves with the exit status. */
export async function serveSandbox(options: ServeOptions): Promise<number> {
  const workspace = await sandboxWorkspace({ ...options, startAt: Date.now() });
  // To boot took a while, by which its clock would be behind everybody else's for good.
  await workspace.advanceTo(Date.now());
  const host = createWallHost(workspace, (error) => {
    log('error', 'sandbox-failed', { error });
    process.exit(1);
  });
  const api = createKubeServer(host);
  const refusal = await listen(api.server, options.port);
  if (refusal !== undefined) {
    process.stderr.write(`portside: ${refusal}\n`);
    host.close();
    return 1;
  }
  const dns = await startDns(host, options.dns);
  if (typeof dns === 'string') {
    process.stderr.write(`portside: ${dns}\n`);
    api.close();
    host.close();
    return 1;
  }
  const url = `http://${HOST}:${options.port}`;
  const kubeconfig = join(mkdtempSync(join(tmpdir(), 'portside-')), 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigText({ server: url, cluster: 'portside' }), { mode: 0o600 });
  const names = dns === undefined ? '' : `Serving its DNS at ${HOST}:${dns.port} over UDP and TCP\n`;
  process.stdout.write(`Serving a cluster's API at ${url}/\n${names}KUBECONFIG=${kubeconfig}\n`);
  await stopSignal();
  await dns?.close();
  api.close();
  host.close();
  return 0;
}

/** The running DNS server, nothing when no port was asked for, or why it cannot run. */
async function startDns(host: KubeHost, port: number | undefined): Promise<DnsServer | string | undefined> {
  if (port === undefined) return undefined;
  try {
    return await serveDns({ port, host: HOST, resolve: clusterResolver(host) });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return refusalOf(error, port);
  }
}

function refusalOf(error: Error & { readonly code?: unknown }, port: number): string {
  return error.code === 'EADDRINUSE' ? `port ${port} is already in use` : error.message;
}

function listen(server: Server, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.once('error', (error) => resolve(refusalOf(error, port)));
    server.listen(port, HOST, () => resolve(undefined));
  });
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
