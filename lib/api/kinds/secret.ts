import type { Secret } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';
import { schemaOf } from './schema';

/** Secret of core/v1. */
export const secretKind = defineKind<Secret>({
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  schema: schemaOf('Secret'),
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
