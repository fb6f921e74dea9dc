import { type Delivery, kinds, type Pod, StatusError, type Stored, type Traced, type View } from '../../api';
import { createRandom, type Random, randomApart } from '../../base';
import { controllers, serviceAccountTokens } from '../controllers';
import { findImage, type ImageMode } from '../images';
import { type ContainerRegistry, createContainers, createKubelet } from '../kubelet';
import { applyAction, createLoop, type Loop } from '../loop';
import { podTokens } from '../pod-tokens';
import { scheduler } from '../scheduler';
import type { Api, Identity, Store } from '../seams';
import { type ApiServer, createApiServer, legacyClaims, signToken } from '../server';
import { createStore } from '../store';
import { bootstrap, bootstrapPolicy } from './bootstrap';

const ADMIN: Identity = { user: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };

/** A cluster of real parts but the network, for tests of what moves in it. */
export interface TestCluster {
  readonly store: Store;
  readonly server: ApiServer;
  readonly view: View;
  readonly api: Api;
  readonly loop: Loop;
  readonly containers: ContainerRegistry;
  readonly random: Random;
  now(): number;
  advance(ms: number): void;
  /** Whether connections to a Pod's port succeed; all do at first. */
  setReachable(reachable: (host: string, port: number) => boolean): void;
  pods(namespace?: string): readonly Stored<Pod>[];
}

/** Boots a cluster; `bare` leaves out what bootstrap makes. */
export function startTestCluster(
  options: { readonly seed?: number; readonly images?: ImageMode; readonly nodes?: number } = {},
): TestCluster {
  let now = 1_795_470_000_000;
  let reachable: (host: string, port: number) => boolean = () => true;
  const clock = { now: () => now };
  const random = createRandom(options.seed ?? 1);
  const store = createStore({ freeze: true });
  const network = { serviceCIDR: '10.96.0.0/12', nodePortRange: [30000, 32767] } as const;
  const server = createApiServer({ store, kinds, clock, random, network });
  const containers = createContainers();
  const kubelet = createKubelet({
    containers,
    tokenOf: podTokens(server, containers, clock),
    findImage: (reference) => findImage(reference, options.images ?? 'any'),
    wake: (key, at) => loop.wake('kubelet', key, at),
    resolvConf: () => 'nameserver 192.168.50.1\n',
    ping: () => ({ answered: true, latencyMs: 1 }),
    lookup: (_from, name) => ({ outcome: { addresses: [name], latencyMs: 1 }, trace: [] }),
    send: (_from, host, port, request): Traced<Delivery> => {
      if (!reachable(host, port)) return { outcome: { kind: 'refused', latencyMs: 0 }, trace: [] };
      const http = { kind: 'http', status: 200, reason: 'OK', headers: [], body: '' } as const;
      const reply = request.kind === 'http' ? http : ({ kind: 'connected' } as const);
      const server = { ip: host, port };
      return {
        outcome: { kind: 'delivered', reply, server, sourceSeen: '', latencyMs: 1 },
        trace: [],
      };
    },
  });
  const view = server.view();
  const tokens = serviceAccountTokens((account, secret) =>
    signToken(server.tokenKey, legacyClaims(account, secret)),
  );
  const loop: Loop = createLoop({
    controllers: [...controllers, tokens, scheduler, kubelet, ...server.upkeep],
    store,
    view,
    actAs: (identity) => neverForbidden(server.as(identity)),
    clock: clock.now,
    random,
  });
  const api = server.as(ADMIN);
  for (const action of bootstrap(options.nodes ?? 3, now)) applyAction(api, action);
  const installer = server.fork(store, clock, randomApart(random)).as(ADMIN);
  for (const action of bootstrapPolicy(now)) applyAction(installer, action);
  const advance = (ms: number): void => {
    const end = now + ms;
    for (let due = loop.nextDue(); due !== undefined && due <= end; due = loop.nextDue()) {
      now = Math.max(now, due);
      loop.runDue(now);
    }
    now = end;
  };
  return {
    store,
    server,
    view,
    api,
    loop,
    containers,
    random,
    now: clock.now,
    advance,
    setReachable: (next) => {
      reachable = next;
    },
    pods: (namespace = 'default') => view.list<Pod>('pods', namespace),
  };
}

/** [RB8] The same API for the cluster's own parts: what these may not do is a bug and crashes. */
function neverForbidden(api: Api): Api {
  return new Proxy(api, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...args: readonly unknown[]) => unknown;
      return (...args: readonly unknown[]) => {
        try {
          return method(...args);
        } catch (error) {
          const denied =
            error instanceof StatusError && / is forbidden: User ".*" cannot /.test(error.message);
          throw denied ? new Error(error.message) : error;
        }
      };
    },
  });
}
