import type { EndpointSlice } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';
import { schemaOf } from './schema';

/** EndpointSlice of discovery.k8s.io/v1. */
export const endpointSliceKind = defineKind<EndpointSlice>({
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  hasGeneration: true,
  schema: schemaOf('EndpointSlice'),
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
