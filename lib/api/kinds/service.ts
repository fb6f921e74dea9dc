import type { Service } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';
import { schemaOf } from './schema';

/** Service of core/v1. */
export const serviceKind = defineKind<Service>({
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  shortNames: ['svc'],
  categories: ['all'],
  subresources: ['proxy', 'status'],
  schema: schemaOf('Service'),
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
