import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '../../api';
import { createHostClient, createKubeServer, createWallHost } from '../../server/kube-api';
import { sandboxWorkspace } from '../../server/portside/sandbox-workspace';
import { ADMIN } from '../../workspace';

/** Virtual time passes so many times as fast as the clock on the wall: a rollout takes a moment. */
const PACE = 10;

/** A fresh cluster whose API is served on the loopback. */
export interface ServedCluster {
  readonly url: string;
  /** A kubeconfig for it; its default namespace is `default`. */
  readonly kubeconfig: string;
  /** The same API without HTTP. */
  readonly client: Client;
  /** Cuts every connection that is open, as a server that falls over does; it listens on. */
  cutConnections(): void;
  stop(): Promise<void>;
}

/** Serves a sandbox with three nodes. */
export async function serveCluster(): Promise<ServedCluster> {
  const workspace = await sandboxWorkspace({ seed: 1, nodes: 3, images: 'catalogue', startAt: Date.now() });
  const failures: unknown[] = [];
  const host = createWallHost(workspace, (error) => failures.push(error), PACE);
  const { server, close } = createKubeServer(host);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = mkdtempSync(join(tmpdir(), 'portside-clients-'));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, configText(url), { mode: 0o600 });
  return {
    url,
    kubeconfig,
    client: createHostClient(host, { own: ADMIN, credentials: {} }),
    cutConnections: () => server.closeAllConnections(),
    async stop() {
      close();
      host.close();
      rmSync(folder, { recursive: true });
      if (failures.length > 0) throw new AggregateError(failures, 'the cluster failed');
    },
  };
}

/** `insecure-skip-tls-verify` is what client-node asks for before it speaks plain HTTP. */
const configText = (server: string): string => `apiVersion: v1
kind: Config
clusters: [{name: served, cluster: {server: "${server}", insecure-skip-tls-verify: true}}]
users: [{name: admin, user: {}}]
contexts: [{name: served, context: {cluster: served, user: admin, namespace: default}}]
current-context: served
`;
