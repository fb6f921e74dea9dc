import { createServer, type Server } from 'node:http';
import { log } from '../log';
import { answerKube } from './answer-kube';
import type { KubeHost } from './kube-host';
import { createKubeUpgrades } from './upgrade-kube';

/** A server with the API of one workspace at its root; whoever listens with it has its admin's rights. */
export interface KubeServer {
  readonly server: Server;
  /** Cuts every line and takes no more. */
  close(): void;
}

/** A server that does not listen yet. */
export function createKubeServer(host: KubeHost): KubeServer {
  const upgrades = createKubeUpgrades();
  const server = createServer((incoming, outgoing) => {
    void answerKube(host, incoming.url ?? '/', incoming, outgoing);
  });
  server.on('upgrade', (incoming, socket, head) => {
    upgrades.take(host, incoming.url ?? '/', incoming, socket, head).catch((error: unknown) => {
      log('error', 'upgrade-failed', { error });
      socket.destroy();
    });
  });
  return {
    server,
    close() {
      server.close();
      server.closeAllConnections();
      upgrades.close();
    },
  };
}
