import type { EndpointSlice } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { listWithMore } from './list-cell';
import { validateEndpointSlice } from './validate-endpoint-slice';

/** EndpointSlice of discovery.k8s.io/v1. */
export const endpointSliceKind = defineKind<EndpointSlice>({
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  hasGeneration: true,
  schema: schemaOf('EndpointSlice'),
  columns: [
    nameColumn(),
    textColumn('AddressType', 'The family of the addresses in this slice.', ({ addressType }) => {
      return addressType;
    }),
    textColumn('Ports', 'Ports that each endpoint exposes.', ({ ports }) => {
      return listWithMore((ports ?? []).map(({ port }) => (port ? String(port) : '*'))) || '<unset>';
    }),
    textColumn('Endpoints', 'Addresses of the endpoints.', ({ endpoints }) => {
      return listWithMore((endpoints ?? []).flatMap(({ addresses }) => addresses ?? [])) || '<unset>';
    }),
    ageColumn(),
  ],
  setDefaults: (slice) => ({
    ...slice,
    // Upstream writes both lists even when they are empty or missing.
    endpoints: slice.endpoints ?? [],
    ports: (slice.ports ?? []).map((port) => ({
      ...port,
      name: port.name ?? '',
      protocol: port.protocol ?? 'TCP',
    })),
  }),
  validate: validateEndpointSlice,
});
