import type { Deployment } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';
import { schemaOf } from './schema';

/** Deployment of apps/v1. */
export const deploymentKind = defineKind<Deployment>({
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  shortNames: ['deploy'],
  categories: ['all'],
  subresources: ['scale', 'status'],
  hasGeneration: true,
  schema: schemaOf('Deployment'),
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
