import type { EndpointSlice } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';

/** EndpointSlice of discovery.k8s.io/v1. */
export const endpointSliceKind = defineKind<EndpointSlice>({
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  hasGeneration: true,
  schema: { type: 'any' },
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
