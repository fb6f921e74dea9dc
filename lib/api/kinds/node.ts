import type { Node } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';

/** Node of core/v1. */
export const nodeKind = defineKind<Node>({
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  shortNames: ['no'],
  namespaced: false,
  subresources: ['proxy', 'status'],
  schema: { type: 'any' },
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
