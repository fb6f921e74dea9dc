import type { Endpoints } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { addressWarnings } from '../validation';
import { listWithMore } from './list-cell';
import { validateEndpoints } from './validate-endpoints';

/** Endpoints of core/v1. */
export const endpointsKind = defineKind<Endpoints>({
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  shortNames: ['ep'],
  schema: schemaOf('Endpoints'),
  columns: [
    nameColumn(),
    textColumn('Endpoints', 'Addresses and ports that are ready.', formatSubsets),
    ageColumn(),
  ],
  setDefaults: (endpoints) => {
    if (!endpoints.subsets) return endpoints;
    const subsets = endpoints.subsets.map((subset) => {
      if (!subset.ports) return subset;
      const ports = subset.ports.map((port) => ({ ...port, protocol: port.protocol || 'TCP' }));
      return { ...subset, ports };
    });
    return { ...endpoints, subsets };
  },
  validate: validateEndpoints,
  warnings: ({ subsets = [] }) =>
    subsets.flatMap((subset, index) => subsetWarnings(subset, `subsets[${index}]`)),
  deprecated: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
});

type Subset = NonNullable<Endpoints['subsets']>[number];

const subsetWarnings = (subset: Subset, path: string): readonly string[] =>
  (['addresses', 'notReadyAddresses'] as const).flatMap((list) =>
    (subset[list] ?? []).flatMap(({ ip }, index) => addressWarnings(`${path}.${list}[${index}].ip`, ip)),
  );

/** formatEndpoints: each ready address with each port, "<none>" without subsets. */
function formatSubsets({ subsets = [] }: Endpoints): string {
  if (subsets.length === 0) return '<none>';
  const texts = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap(({ port }) => addresses.map(({ ip }) => joinHostPort(ip, port))),
  );
  return listWithMore(texts);
}

const joinHostPort = (ip: string, port: number): string =>
  ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
