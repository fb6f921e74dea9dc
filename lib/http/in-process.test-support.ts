import { type Client, type KubeObject, kinds } from '../api';
import { createRandom } from '../base';
import { type ClientPorts, createClient } from '../cluster/client';
import { APISERVER, createApiServer } from '../cluster/server';
import { createStore } from '../cluster/store';

/** The virtual now of these clusters. */
export const NOW = 1_790_000_000_000;

/** A reference to a resource of version v1. */
export const ref = (resource: string, group = '') => ({ group, version: 'v1', resource });

/** An API server with the namespace `default` and nothing else, spoken to in process; `exec` runs its processes. */
export function inProcess(exec: ClientPorts['exec'] = async () => 0): Client {
  const server = createApiServer({
    store: createStore({ freeze: true }),
    kinds,
    clock: { now: () => NOW },
    random: createRandom(5),
    network: { serviceCIDR: '10.96.0.0/12', nodePortRange: [30000, 32767] },
  });
  const api = server.as(APISERVER);
  const lines = [{ at: NOW, text: 'hello' }];
  api.create(ref('namespaces'), '', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  api.create(ref('serviceaccounts'), 'default', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default' },
  });
  return createClient(api, {
    exec,
    logs: { read: () => lines, onChange: () => () => {} },
    version: { gitVersion: 'v1.35.0', platform: 'linux/amd64', goVersion: 'go1.25.0' },
    now: () => NOW,
  });
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
