import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type EndpointSlice,
  type KubeObject,
  matchesLabels,
  type Pod,
  type Service,
  type Stored,
  type View,
} from '../../../api';
import type { Action } from '../../seams';
import { podEndpoint, portsOf, reconcileSlices } from './index';

const FILE = new URL('../../../../../shared/conformance/cases/endpointslice.json', import.meta.url).pathname;

interface Case {
  readonly id: string;
  readonly service: Stored<Service>;
  readonly pods: readonly Stored<Pod>[];
  readonly nodes: readonly Stored[];
  readonly existingSlices: readonly Stored<EndpointSlice>[];
  readonly maxEndpointsPerSlice: number;
  readonly expectedSlices: readonly Record<string, unknown>[];
  readonly apiWrites: readonly string[];
}

interface EndpointCase {
  readonly id: string;
  readonly pod: Stored<Pod>;
  readonly node?: Stored;
  readonly svc: Service;
  readonly publishNotReadyAddresses?: boolean;
  readonly expectedEndpoint: Record<string, unknown>;
}

const skip = !existsSync(FILE);
const cases = skip
  ? { reconciled: [], tables: { podToEndpoint: [] } }
  : (JSON.parse(readFileSync(FILE, 'utf8')) as {
      readonly reconciled: readonly Case[];
      readonly tables: { readonly podToEndpoint: readonly EndpointCase[] };
    });

function viewOf(test: Case): View {
  const kinds: Readonly<Record<string, readonly KubeObject[]>> = {
    pods: test.pods,
    nodes: test.nodes,
    'endpointslices.discovery.k8s.io': test.existingSlices,
  };
  return {
    revision: 1,
    get: (resource, _namespace, name) =>
      kinds[resource]?.find((each) => each.metadata.name === name) as never,
    list: (resource, _namespace, selector) =>
      (kinds[resource] ?? []).filter(
        (each) => selector === undefined || matchesLabels(selector, each.metadata.labels),
      ) as never,
  };
}

/** The slices after the writes, in a form that can be compared. */
function after(test: Case, actions: readonly Action[]): readonly unknown[] {
  const slices = new Map<string, EndpointSlice>(
    test.existingSlices.map((slice) => [slice.metadata.name, slice]),
  );
  let created = 0;
  for (const action of actions) {
    if (action.verb === 'create') {
      created += 1;
      slices.set(`new-${created}`, action.object as EndpointSlice);
    } else if (action.verb === 'update')
      slices.set(action.object.metadata.name ?? '', action.object as EndpointSlice);
    else if (action.verb === 'delete') slices.delete(action.name);
  }
  return [...slices.values()].map((slice) => comparable({ ...slice, ...slice.metadata })).toSorted(byText);
}

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined && each !== '');
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)] as const).toSorted(byText));
};

function comparable(slice: Record<string, unknown>): unknown {
  const list = (value: unknown): readonly unknown[] =>
    ((value ?? []) as unknown[]).map(sorted).toSorted(byText);
  const owners = (slice.ownerReferences ?? []) as readonly Record<string, unknown>[];
  return {
    addressType: slice.addressType,
    labels: sorted(slice.labels),
    ports: list(slice.ports),
    endpoints: list(slice.endpoints),
    owners: owners.map(({ kind, name, controller }) => ({ kind, name, controller })),
  };
}

const sizes = (slices: readonly unknown[]): readonly number[] =>
  slices.map((slice) => (slice as { endpoints: readonly unknown[] }).endpoints.length).toSorted();

describe.skipIf(skip)('endpointslice cases', () => {
  it.each(cases.reconciled.map((test) => [test.id, test] as const))('[EP1] %s', (_, test) => {
    const actions = reconcileSlices(viewOf(test), test.service, test.maxEndpointsPerSlice);
    const [got, wanted] = [after(test, actions), test.expectedSlices.map(comparable).toSorted(byText)];
    // Which endpoints share a slice is left to chance upstream: where they need several, sizes are compared.
    if (test.maxEndpointsPerSlice < test.pods.length) expect(sizes(got)).toEqual(sizes(wanted));
    else expect(got).toEqual(wanted);
    expect(actions.map((action) => action.verb).toSorted()).toEqual([...test.apiWrites].toSorted());
  });

  it.each(cases.tables.podToEndpoint.map((test) => [test.id, test] as const))('[EP2] %s', (_, test) => {
    const type = test.svc.spec?.ipFamilies?.[0] === 'IPv6' ? 'IPv6' : 'IPv4';
    const got = podEndpoint(test.pod, test.node as never, test.svc, type);
    expect(sorted(got)).toEqual(sorted(test.expectedEndpoint));
  });

  it('[EP3] a named target port is found by name and protocol', () => {
    const ports = [{ name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns' }];
    const service = { metadata: {}, spec: { ports } } as unknown as Service;
    const pod = {
      spec: { containers: [{ name: 'c', ports: [{ name: 'dns', containerPort: 53, protocol: 'TCP' }] }] },
    } as unknown as Pod;
    expect(portsOf(service, pod)).toEqual([]);
  });
});
