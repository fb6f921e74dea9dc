import { type Client, type Credentials, type KubeObject, kinds, StatusError } from '../api';
import { createRandom } from '../base';
import { type ClientPorts, createClient } from '../cluster/client';
import { APISERVER, type ApiServer, createApiServer } from '../cluster/server';
import { createStore } from '../cluster/store';

/** The virtual now of these clusters. */
export const NOW = 1_790_000_000_000;

/** A reference to a resource of version v1. */
export const ref = (resource: string, group = '') => ({ group, version: 'v1', resource });

/** An API server with the namespace `default` and nothing else. */
export function startServer(): ApiServer {
  const server = createApiServer({
    store: createStore({ freeze: true }),
    kinds,
    clock: { now: () => NOW },
    random: createRandom(5),
    network: { serviceCIDR: '10.96.0.0/12', nodePortRange: [30000, 32767] },
  });
  const api = server.as(APISERVER);
  api.create(ref('namespaces'), '', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  api.create(ref('serviceaccounts'), 'default', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default' },
  });
  return server;
}

/** A client of whoever the credentials are for, on a connection of the API server's own; `exec` runs its processes. */
export function clientFor(
  server: ApiServer,
  credentials: Credentials,
  exec: ClientPorts['exec'] = async () => 0,
): Client | StatusError {
  const identity = server.authenticate(credentials, APISERVER);
  if (identity instanceof StatusError) return identity;
  const lines = [{ at: NOW, text: 'hello' }];
  return createClient(server.as(identity), {
    become(others) {
      const other = clientFor(server, others, exec);
      if (other instanceof StatusError) throw other;
      return other;
    },
    exec,
    send: () => ({ kind: 'dropped' }),
    attach: () => undefined,
    logs: { read: () => lines, onChange: () => () => {} },
    now: () => NOW,
  });
}

/** Such a server, spoken to in process. */
export function inProcess(exec: ClientPorts['exec'] = async () => 0): Client {
  const client = clientFor(startServer(), {}, exec);
  if (client instanceof StatusError) throw client;
  return client;
}

/** Creates a Pod whose container runs on a node, as a kubelet would report it. */
export async function createRunningPod(client: Client, name: string): Promise<void> {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { nodeName: 'w1', containers: [{ name: 'c', image: 'nginx' }] },
  };
  await client.create(ref('pods'), 'default', pod as KubeObject);
  const running = {
    name: 'c',
    image: 'nginx',
    imageID: '',
    ready: true,
    restartCount: 0,
    state: { running: {} },
  };
  const status = { containerStatuses: [running] };
  await client.patch(ref('pods'), 'default', name, 'merge', { status }, { subresource: 'status' });
}
