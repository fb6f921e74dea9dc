import type { ServiceAccount } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';
import { schemaOf } from './schema';

/** ServiceAccount of core/v1. */
export const serviceAccountKind = defineKind<ServiceAccount>({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  shortNames: ['sa'],
  subresources: ['token'],
  schema: schemaOf('ServiceAccount'),
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
