import { describe, expect, it } from 'vitest';
import type { EndpointSlice, KubeObject, Pod, Service, Stored, View } from '../../../api';
import { reconcileSlices } from './index';

const ZONE = 'topology.kubernetes.io/zone';

function made<T extends KubeObject>(name: string, rest: object, metadata: object = {}): Stored<T> {
  return {
    ...rest,
    metadata: {
      name,
      namespace: 'default',
      uid: name,
      resourceVersion: '1',
      creationTimestamp: '',
      ...metadata,
    },
  } as unknown as Stored<T>;
}

const nodeOf = (name: string, zone?: string) =>
  made(name, { kind: 'Node' }, { labels: zone === undefined ? {} : { [ZONE]: zone } });
const podOn = (name: string, nodeName: string, ready = true, terminating = false) =>
  made<Pod>(
    name,
    {
      kind: 'Pod',
      spec: { nodeName },
      status: {
        phase: 'Running',
        podIP: `10.0.0.${name.slice(1)}`,
        conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      },
    },
    { labels: { app: 'web' }, ...(terminating ? { deletionTimestamp: '2026-11-23T22:55:25Z' } : {}) },
  );
const serviceOf = (trafficDistribution?: string) =>
  made<Service>('web', {
    kind: 'Service',
    spec: {
      selector: { app: 'web' },
      ports: [{ port: 80, protocol: 'TCP' }],
      ...(trafficDistribution === undefined ? {} : { trafficDistribution }),
    },
  });

const NODES = [nodeOf('n1', 'a'), nodeOf('n2', 'b'), nodeOf('n3')];
const PODS = [
  podOn('p1', 'n1'),
  podOn('p2', 'n2'),
  podOn('p3', 'n3'),
  podOn('p4', 'n1', false),
  podOn('p5', 'n1', true, true),
];

function viewOf(slices: readonly Stored<EndpointSlice>[]): View {
  const kinds: Readonly<Record<string, readonly Stored[]>> = {
    pods: PODS,
    nodes: NODES,
    'endpointslices.discovery.k8s.io': slices,
  };
  return {
    revision: 1,
    get: (resource, _, name) => kinds[resource]?.find((each) => each.metadata.name === name) as never,
    list: (resource) => (kinds[resource] ?? []) as never,
  };
}

/** Hints by Pod, as "zones; nodes", after one reconciliation; and the slices as they then are. */
function hinted(distribution: string | undefined, before: readonly Stored<EndpointSlice>[] = []) {
  const actions = reconcileSlices(viewOf(before), serviceOf(distribution), 100);
  const slices = actions.flatMap((action) =>
    action.verb === 'create' || action.verb === 'update' ? [action.object as EndpointSlice] : [],
  );
  const hints = slices.flatMap(({ endpoints }) =>
    (endpoints ?? []).map(({ targetRef, hints: each }) => {
      const told = each as { forZones?: { name: string }[]; forNodes?: { name: string }[] } | undefined;
      return `${targetRef?.name} ${told?.forZones?.map(({ name }) => name) ?? '-'} ${told?.forNodes?.map(({ name }) => name) ?? '-'}`;
    }),
  );
  const after = slices.map((slice, index) =>
    made<EndpointSlice>(`web-${index}`, slice, {
      labels: slice.metadata.labels,
      ownerReferences: slice.metadata.ownerReferences,
    }),
  );
  return { hints: hints.sort(), after };
}

const NONE = ['p1 - -', 'p2 - -', 'p3 - -', 'p4 - -', 'p5 - -'];
/** Only ready endpoints, and zones only where the node tells one (trafficdist.go). */
const ZONES = ['p1 a -', 'p2 b -', 'p3 - -', 'p4 - -', 'p5 - -'];
const NODES_TOO = ['p1 a n1', 'p2 b n2', 'p3 - n3', 'p4 - -', 'p5 - -'];

describe('[EP4] hints by spec.trafficDistribution', () => {
  it.each<[string | undefined, readonly string[]]>([
    [undefined, NONE],
    ['PreferClose', ZONES],
    ['PreferSameZone', ZONES],
    ['PreferSameNode', NODES_TOO],
  ])('%s', (distribution, expected) => {
    expect(hinted(distribution).hints).toEqual(expected);
  });

  it('a change writes them anew, and none takes them away', () => {
    const first = hinted('PreferClose').after;
    expect(hinted('PreferClose', first).hints).toEqual([]);
    const second = hinted('PreferSameNode', first);
    expect(second.hints).toEqual(NODES_TOO);
    expect(hinted(undefined, second.after).hints).toEqual(NONE);
  });
});
