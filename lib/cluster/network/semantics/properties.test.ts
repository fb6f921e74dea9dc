import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../base';
import { type HandMade, node as nodeObject } from '../hand-made-cluster.test-support';
import {
  ALL,
  ask,
  CLUSTER_IP,
  client,
  clusterIn,
  type EndpointSpec,
  EXTERNAL_IP,
  endpointSlice,
  LB_IP,
  type Loose,
  type Mode,
  NODE_IP,
  NODE_PORT,
  node,
  office,
  reachable,
  WEB,
} from './service-cluster.test-support';

const SEEDS = 25;
const NODES = ['control-plane', 'worker-1', 'worker-2'];
const ZONE = 'topology.kubernetes.io/zone';
const TRIES = 6;

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random.next() * from.length)] as T;

interface Scene {
  readonly spec: Loose;
  readonly endpoints: readonly EndpointSpec[];
  readonly zones: readonly (string | undefined)[];
}

/** A Service as somebody may write it, endpoints in any state, nodes in any zone. */
function sceneOf(seed: number): Scene {
  const random = createRandom(seed);
  const policies = ['Cluster', 'Local', undefined];
  const zones = NODES.map(() => pick(random, ['a', 'b', undefined]));
  const hinting = pick(random, ['none', 'zones', 'both', 'some']);
  const zoneOf = (on: string) => zones[NODES.indexOf(on)];
  const endpoints = ALL.filter(() => random.next() < 0.75).map((each): EndpointSpec => {
    const state = pick(random, [
      {},
      {},
      { ready: false },
      { ready: false, serving: true, terminating: true },
    ]);
    const zone = zoneOf(each.node);
    const hinted = hinting !== 'none' && (hinting !== 'some' || random.next() < 0.5);
    return {
      ...each,
      ...state,
      ...(hinted && zone !== undefined ? { zones: [zone] } : {}),
      ...(hinted && hinting === 'both' ? { nodes: [each.node] } : {}),
    };
  });
  const ranges = pick(random, [undefined, ['10.244.1.0/24'], ['192.168.50.0/24']]);
  const spec = {
    internalTrafficPolicy: pick(random, policies),
    externalTrafficPolicy: pick(random, policies),
    sessionAffinity: pick(random, ['None', 'ClientIP']),
    ...(ranges === undefined ? {} : { loadBalancerSourceRanges: ranges }),
  };
  return { spec, endpoints, zones };
}

function build(mode: Mode, { spec, endpoints, zones }: Scene): HandMade {
  const nodes = NODES.map((name, index) =>
    nodeObject(name, index, zones[index] === undefined ? {} : { [ZONE]: zones[index] ?? '' }),
  );
  const cut = Math.ceil(endpoints.length / 2);
  const slices = [
    endpointSlice(endpoints.slice(0, cut), undefined, 'web-a'),
    endpointSlice(endpoints.slice(cut), undefined, 'web-b'),
  ];
  return clusterIn(mode, [...nodes, reachable(spec), ...slices]);
}

const nameOf = (ip: string): string => WEB.find((each) => each.ip === ip)?.name ?? ip;

/** The Pods that may answer: the ready ones, or those that drain when there is none. */
function usable({ endpoints }: Scene): readonly string[] {
  const ready = endpoints.filter(({ ready: is = true }) => is);
  const found =
    ready.length > 0 ? ready : endpoints.filter(({ serving, terminating }) => serving && terminating);
  return found.map(({ ip }) => nameOf(ip));
}

const PLACES = [
  [CLUSTER_IP, 80],
  [EXTERNAL_IP, 80],
  [LB_IP, 80],
  [NODE_IP.w1, NODE_PORT],
] as const;

/** Under a Local policy those that drain on a node may answer there. */
const drained = ({ endpoints }: Scene): readonly string[] =>
  endpoints.filter(({ serving, terminating }) => serving && terminating).map(({ ip }) => nameOf(ip));

/** Jumps of a table to chains that are not there, and rules that ask ipsets that are not. */
function danglings(cluster: HandMade, name: string): readonly string[] {
  const host = cluster.network.host(node(name));
  const sets = new Set((host?.ipset({ namesOnly: true }) ?? '').split('\n'));
  return ['nat', 'filter'].flatMap((table) => {
    const saved = cluster.network.iptablesSave(name, table as 'nat' | 'filter');
    const chains = new Set([...saved.matchAll(/^:(\S+)/gm)].map(([, chain]) => chain));
    const targets = [...saved.matchAll(/ -j ((?:KUBE|CNI)\S+)/g)].map(([, chain]) => chain ?? '');
    const asked = [...saved.matchAll(/--match-set (\S+)/g)].map(([, set]) => set ?? '');
    return [...targets.filter((chain) => !chains.has(chain)), ...asked.filter((set) => !sets.has(set))];
  });
}

describe.each<Mode>(['iptables', 'ipvs'])('[N35] whatever the Service, in mode %s', (mode) => {
  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))('seed %i', (seed) => {
    const scene = sceneOf(seed);
    const cluster = build(mode, scene);
    const able = usable(scene);
    const isLocal = (policy: 'internalTrafficPolicy' | 'externalTrafficPolicy') =>
      scene.spec[policy] === 'Local';
    const seen = (from: Parameters<typeof ask>[1], ip: string, port: number) =>
      Array.from({ length: TRIES }, () => ask(cluster, from, ip, port));

    for (const name of NODES) expect(danglings(cluster, name)).toEqual([]);
    const answers = able.length > 0 ? expect.toSatisfy((each: string) => able.includes(each)) : 'refused';
    const inside = [client, ...NODES.map(node)];
    if (!isLocal('internalTrafficPolicy'))
      for (const from of inside) for (const each of seen(from, CLUSTER_IP, 80)) expect(each).toEqual(answers);
    if (!isLocal('externalTrafficPolicy')) {
      for (const ip of Object.values(NODE_IP))
        for (const from of [office, ...inside])
          for (const each of seen(from, ip, NODE_PORT)) expect(each).toEqual(answers);
      // A node's own packets meet no rule for external addresses without endpoints: they leave, and nobody has the address.
      const lost = mode === 'iptables' && able.length === 0;
      for (const from of inside)
        for (const each of seen(from, EXTERNAL_IP, 80))
          expect(each).toEqual(lost && from.kind === 'node' ? 'unreachable' : answers);
    }
    // Whatever the policies and ranges: who answers is an endpoint that may.
    const may = [...able, ...drained(scene), 'refused', 'dropped', 'unreachable'];
    for (const [ip, port] of PLACES)
      for (const from of inside) for (const each of seen(from, ip, port)) expect(may).toContain(each);
  });
});
