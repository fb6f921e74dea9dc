import { Agent } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createKubeServer, type KubeHost } from '../../server/kube-api';
import { createSerialQueue } from '../../server/serial-queue';
import type { Workspace } from '../../workspace';
import type { Line } from './send.test-support';

/** A workspace's API on the loopback, whose time passes only when told to. */
export interface ServedFork extends Line {
  readonly workspace: Workspace;
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** Serves a fork of a workspace, as `portside sandbox --serve` serves one but for the clock. */
export async function serveFork(start: Workspace): Promise<ServedFork> {
  const workspace = start.fork();
  const queue = createSerialQueue();
  const host: KubeHost = {
    present: async () => workspace,
    deliver: (input) =>
      queue.run(async () => {
        const release = await workspace.hold();
        try {
          return await workspace.deliver(workspace.stamp(input));
        } finally {
          release();
        }
      }),
    onProcess: workspace.onProcess,
    onReplaced: workspace.onReplaced,
  };
  const { server, close } = createKubeServer(host);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const agent = new Agent({ keepAlive: true });
  return {
    agent,
    port: (server.address() as AddressInfo).port,
    workspace,
    pass: (ms) => queue.run(() => workspace.advanceTo(workspace.now + ms)),
    async stop() {
      agent.destroy();
      const closed = new Promise((resolve) => server.once('close', resolve));
      close();
      await closed;
      workspace.close();
    },
  };
}
