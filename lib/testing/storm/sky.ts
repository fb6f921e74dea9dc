import type { Client, Faults, KubeObject, Stored, View } from '../../api';
import { assert, type Random } from '../../base';
import { NAMES, NAMESPACE } from './refs';

/** What a verb works with: chance, the cluster, and a word for the log. */
export interface Sky {
  readonly random: Random;
  readonly client: Client;
  readonly view: View;
  readonly faults: Faults;
}

/** One of these. */
export function pick<T>(random: Random, from: readonly T[]): T {
  assert(from.length > 0, 'there is something to pick from');
  return from[Math.floor(random.next() * from.length)] as T;
}

/** A name that the object of some verb may have. */
export const anyName = (random: Random): string => pick(random, NAMES);

/** One of the objects that there are, if there are any. */
export function pickObject<T extends KubeObject>(
  { random, view }: Sky,
  resource: string,
): Stored<T> | undefined {
  const all = view.list<T>(resource, NAMESPACE);
  return all.length === 0 ? undefined : pick(random, all);
}

/** A Deployment of web servers; some name their port, some are probed. */
export function deploymentOf(name: string, random: Random): KubeObject {
  const probe = { httpGet: { path: '/', port: 80 }, periodSeconds: pick(random, [5, 10]) };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: NAMESPACE, labels: { app: name } },
    spec: {
      replicas: pick(random, [0, 1, 2, 3, 5]),
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: 'web',
              image: pick(random, ['nginx', 'nginx', 'nginx', 'nginx:no-such-tag']),
              ports: [{ containerPort: 80, name: 'web' }],
              ...(random.next() < 0.3 ? { readinessProbe: probe } : {}),
            },
          ],
        },
      },
    },
  } as KubeObject;
}

/** A Service of some type, with or without a port and an address of its own choice. */
export function serviceOf(name: string, random: Random): KubeObject {
  const type = pick(random, ['ClusterIP', 'ClusterIP', 'NodePort', 'LoadBalancer']);
  const nodePort = type === 'ClusterIP' ? undefined : pick(random, [undefined, 30_100, 30_101]);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: NAMESPACE, labels: { app: name } },
    spec: {
      type,
      selector: { app: name },
      clusterIP: pick(random, [undefined, undefined, undefined, '10.96.7.7', 'None']),
      ports: [{ port: 80, targetPort: pick(random, [80, 'web']), ...(nodePort ? { nodePort } : {}) }],
    },
  } as KubeObject;
}
