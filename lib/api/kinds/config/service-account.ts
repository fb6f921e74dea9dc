import type { ServiceAccount } from '../../types';
import { ageColumn, nameColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { validateObjectMeta, validateObjectMetaUpdate } from '../validation';

const MOUNTABLE = 'kubernetes.io/enforce-mountable-secrets';

/** ServiceAccount of core/v1. */
export const serviceAccountKind = defineKind<ServiceAccount>({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  shortNames: ['sa'],
  subresources: ['token'],
  schema: schemaOf('ServiceAccount'),
  columns: [
    nameColumn(),
    {
      name: 'Secrets',
      type: 'string',
      description: 'How many Secrets Pods of this account may use.',
      priority: 0,
      value: ({ secrets }) => (secrets ?? []).length,
    },
    ageColumn(),
  ],
  warnings: ({ metadata }) =>
    metadata.annotations?.[MOUNTABLE] === undefined
      ? []
      : [
          `metadata.annotations[${MOUNTABLE}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`,
        ],
  validate: (account, previous) => [
    ...(previous ? validateObjectMetaUpdate(account.metadata, previous.metadata) : []),
    ...validateObjectMeta(account.metadata, { namespaced: true }),
  ],
});
