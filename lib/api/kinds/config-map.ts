import type { ConfigMap } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';
import { schemaOf } from './schema';

/** ConfigMap of core/v1. */
export const configMapKind = defineKind<ConfigMap>({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  schema: schemaOf('ConfigMap'),
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
