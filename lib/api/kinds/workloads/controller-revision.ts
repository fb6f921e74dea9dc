import type { Json } from '../../objects';
import type { ControllerRevision } from '../../types';
import { ageColumn, integerColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { immutable, nonNegative, validateObjectMeta, validateObjectMetaUpdate } from '../validation';

/** ControllerRevision of apps/v1. */
export const controllerRevisionKind = defineKind<ControllerRevision>({
  group: 'apps',
  version: 'v1',
  kind: 'ControllerRevision',
  plural: 'controllerrevisions',
  schema: schemaOf('ControllerRevision'),
  columns: [
    nameColumn(),
    textColumn('Controller', 'Controller of the object', ({ metadata }) => {
      const owner = metadata.ownerReferences?.find(({ controller }) => controller);
      if (!owner) return '<none>';
      const group = owner.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : '';
      return `${owner.kind.toLowerCase()}${group}/${owner.name}`;
    }),
    integerColumn('Revision', 'The revision that this keeps.', ({ revision }) => revision),
    ageColumn(),
  ],
  validate: (revision, previous) => [
    ...(previous
      ? validateObjectMetaUpdate(revision.metadata, previous.metadata)
      : validateObjectMeta(revision.metadata, { namespaced: true })),
    ...nonNegative('revision', revision.revision),
    ...(previous ? immutable('data', revision.data as Json, previous.data as Json) : []),
  ],
});
