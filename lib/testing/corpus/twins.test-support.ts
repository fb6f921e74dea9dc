import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerKube, createKubeUpgrades } from '../../server/kube-api';
import type { Workspace } from '../../workspace';
import { createStillHost, type StillHost } from './still-host.test-support';

/** Serves states of workspaces over HTTP, each under a path of its own. */
export interface Twins {
  /** Serves a copy of `workspace` until it is told to end; answers its address. */
  serve(workspace: Workspace): { readonly url: string; end(): void };
  stop(): Promise<void>;
}

/** Twins on the loopback. */
export async function serveTwins(): Promise<Twins> {
  const hosts = new Map<string, StillHost>();
  const upgrades = createKubeUpgrades();
  const find = (url = '/') => {
    const [, key = '', rest = '/'] = /^\/(\d+)(\/.*)?$/.exec(url) ?? [];
    return { host: hosts.get(key), rest };
  };
  const server = createServer((incoming, outgoing) => {
    const { host, rest } = find(incoming.url);
    if (host === undefined) {
      outgoing.writeHead(404).end();
      return;
    }
    outgoing.once('close', host.asked(/[?&](watch|follow)=/.test(rest)));
    void answerKube(host, rest, incoming, outgoing);
  });
  server.on('upgrade', (incoming, socket, head) => {
    const { host, rest } = find(incoming.url);
    if (host === undefined) {
      socket.destroy();
      return;
    }
    socket.once('close', host.asked(true));
    upgrades.take(host, rest, incoming, socket, head).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let count = 0;
  return {
    serve(workspace) {
      count += 1;
      const key = String(count);
      const host = createStillHost(workspace.fork());
      hosts.set(key, host);
      return {
        url: `http://127.0.0.1:${port}/${key}`,
        end() {
          hosts.delete(key);
          host.close();
        },
      };
    },
    stop() {
      upgrades.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
