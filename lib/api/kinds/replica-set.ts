import type { ReplicaSet } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';
import { schemaOf } from './schema';

/** ReplicaSet of apps/v1. */
export const replicaSetKind = defineKind<ReplicaSet>({
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  shortNames: ['rs'],
  categories: ['all'],
  subresources: ['scale', 'status'],
  hasGeneration: true,
  schema: schemaOf('ReplicaSet'),
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
