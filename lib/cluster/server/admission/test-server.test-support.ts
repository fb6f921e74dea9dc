import { type KubeObject, kinds, type ResourceRef, type StatusError } from '../../../api';
import { createRandom } from '../../../base';
import type { Store } from '../../seams';
import { createStore } from '../../store';
import { APISERVER, createApiServer, type ServerApi } from '../index';

/** An API server with the namespace `team`, and nothing that keeps house in it. */
export interface TestServer {
  readonly api: ServerApi;
  readonly clock: { at: number };
  readonly store: Store;
  create(body: object, options?: { readonly dryRun?: boolean }): KubeObject;
  /** What the server says to a creation: its message, or 'accepted'. */
  say(body: object): string;
  /** Writes an object's status. */
  setStatus(body: object, status: object): void;
}

const START = 1_790_000_000_000;

const refOf = ({ apiVersion, kind }: KubeObject): ResourceRef => {
  const [first = '', second] = apiVersion.split('/');
  const [group, version] = second === undefined ? ['', first] : [first, second];
  const found = kinds.find((each) => each.kind === kind && each.group === group);
  return { group, version, resource: found?.plural ?? kind };
};

/** Starts one. */
export function startTestServer(): TestServer {
  const clock = { at: START, now: () => clock.at };
  const store = createStore({ revision: 1000, freeze: true });
  const server = createApiServer({
    store,
    kinds,
    clock,
    random: createRandom(1),
    network: { serviceCIDR: '10.96.0.0/12', nodePortRange: [30000, 32767] },
  });
  const api = server.as(APISERVER);
  const whole = (body: object): KubeObject => ({ apiVersion: 'v1', metadata: {}, ...body }) as KubeObject;
  const create: TestServer['create'] = (body, options = {}) => {
    const object = whole(body);
    return api.create(refOf(object), object.metadata.namespace ?? 'team', object, options).object;
  };
  for (const name of ['default', 'kube-system', 'team']) {
    create({ kind: 'Namespace', metadata: { name } });
    create({ kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } });
  }
  return {
    api,
    clock,
    store,
    create,
    say: (body) => said(() => create(body)),
    setStatus(body, status) {
      const object = whole(body);
      const { name = '', namespace = 'team' } = object.metadata;
      api.patch(refOf(object), namespace, name, 'merge', { status }, { subresource: 'status' });
    },
  };
}

/** The message of the refusal, or 'accepted'. */
export function said(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as StatusError).message;
  }
  return 'accepted';
}

/** A Pod of one container. */
export function pod(name: string, resources: object = {}, spec: object = {}): KubeObject {
  const containers = [{ name: 'c', image: 'nginx', resources }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers, ...spec } } as KubeObject;
}
