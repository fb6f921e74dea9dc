import { describe, expect, it } from 'vitest';
import type { EndpointSlice, Event, KubeObject } from '../../api';
import { startTestCluster } from './test-cluster';

const core = (resource: string) => ({ group: '', version: 'v1', resource });
const MANAGER = 'endpointslicemirroring-controller.k8s.io';

/** Endpoints by hand of so many addresses, beside their Service; slices and what was told a second later. */
function mirrored(addresses: number): {
  readonly sizes: readonly number[];
  readonly told: readonly string[];
} {
  const { api, advance, view } = startTestCluster({ nodes: 1 });
  advance(5000);
  const metadata = { name: 'old' };
  api.create(core('services'), 'default', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { ports: [{ port: 80 }] },
  } as KubeObject);
  const ips = Array.from({ length: addresses }, (_, index) => `10.200.${index >> 8}.${index & 255}`);
  api.create(core('endpoints'), 'default', {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata,
    subsets: [{ addresses: ips.map((ip) => ({ ip })), ports: [{ port: 80 }] }],
  } as KubeObject);
  advance(1000);
  const slices = view
    .list<EndpointSlice>('endpointslices.discovery.k8s.io', 'default')
    .filter(({ metadata: { labels } }) => labels?.['endpointslice.kubernetes.io/managed-by'] === MANAGER);
  const events = view
    .list<Event>('events', 'default')
    .filter(({ involvedObject }) => involvedObject.kind === 'Endpoints');
  return {
    sizes: slices.map(({ endpoints }) => endpoints?.length ?? 0),
    told: events.map(({ type, reason, message }) => `${type} ${reason}: ${message}`),
  };
}

describe('[EP5] Endpoints that are mirrored', () => {
  it.each([
    [1000, 1000, []],
    [
      1003,
      1000,
      [
        'Warning TooManyAddressesToMirror: A max of 1000 addresses can be mirrored to EndpointSlices per Endpoints subset. 3 addresses were skipped',
      ],
    ],
  ])('%d addresses in one subset', (addresses, kept, words) => {
    const { sizes, told } = mirrored(addresses);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(kept);
    expect(told).toEqual(words);
  });
});
