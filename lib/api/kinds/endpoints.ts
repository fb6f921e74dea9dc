import type { Endpoints } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';
import { schemaOf } from './schema';

/** Endpoints of core/v1. */
export const endpointsKind = defineKind<Endpoints>({
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  shortNames: ['ep'],
  schema: schemaOf('Endpoints'),
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
