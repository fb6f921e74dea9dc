import type { Endpoints } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';

/** Endpoints of core/v1. */
export const endpointsKind = defineKind<Endpoints>({
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  shortNames: ['ep'],
  schema: { type: 'any' },
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
