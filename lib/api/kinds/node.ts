import type { Node } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';
import { schemaOf } from './schema';

/** Node of core/v1. */
export const nodeKind = defineKind<Node>({
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  shortNames: ['no'],
  namespaced: false,
  subresources: ['proxy', 'status'],
  schema: schemaOf('Node'),
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
