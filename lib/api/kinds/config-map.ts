import type { ConfigMap } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';

/** ConfigMap of core/v1. */
export const configMapKind = defineKind<ConfigMap>({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  schema: { type: 'any' },
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
