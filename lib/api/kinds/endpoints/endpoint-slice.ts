import type { EndpointSlice } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { addressWarnings } from '../validation';
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
  warnings: (slice, previous) => [
    ...(previous === undefined && slice.addressType === 'FQDN'
      ? ['spec.addressType: FQDN endpoints are deprecated']
      : []),
    ...oddAddresses(slice),
  ],
});

const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const CONTROLLERS = ['endpointslice-controller.k8s.io', 'endpointslicemirroring-controller.k8s.io'];

/** Upstream's own controllers write addresses as they should be. */
const oddAddresses = ({ metadata, endpoints }: EndpointSlice): readonly string[] =>
  CONTROLLERS.includes(metadata.labels?.[MANAGED_BY] ?? '')
    ? []
    : (endpoints ?? []).flatMap(({ addresses }, index) =>
        (addresses ?? []).flatMap((each, at) =>
          addressWarnings(`endpoints[${index}].addresses[${at}]`, each),
        ),
      );
