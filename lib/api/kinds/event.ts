import type { Event } from '../types';
import { ageColumn, nameColumn } from './columns';
import { defineKind } from './define-kind';

/** Event of core/v1. */
export const eventKind = defineKind<Event>({
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  schema: { type: 'any' },
  columns: [nameColumn(), ageColumn()],
  validate: () => [],
});
