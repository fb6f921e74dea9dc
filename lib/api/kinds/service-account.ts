import type { ServiceAccount } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';

/** ServiceAccount of core/v1. */
export const serviceAccountKind = defineKind<ServiceAccount>({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  shortNames: ['sa'],
  subresources: ['token'],
  schema: { type: 'any' },
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
