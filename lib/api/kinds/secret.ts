import type { Secret } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';

/** Secret of core/v1. */
export const secretKind = defineKind<Secret>({
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  schema: { type: 'any' },
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
