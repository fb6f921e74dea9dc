import type { Lease } from '../types';
import { ageColumn, nameColumn, textColumn } from './columns';
import { defineKind } from './define-kind';
import { schemaOf } from './schema';
import { invalidValue, nonNegative, validateObjectMeta, validateObjectMetaUpdate } from './validation';

/** Lease of coordination.k8s.io/v1. */
export const leaseKind = defineKind<Lease>({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  schema: schemaOf('Lease'),
  columns: [
    nameColumn(),
    textColumn('Holder', 'Who holds the lease.', ({ spec }) => spec?.holderIdentity ?? ''),
    ageColumn(),
  ],
  validate: ({ metadata, spec }, previous) => {
    const seconds = spec?.leaseDurationSeconds;
    return [
      ...(previous
        ? validateObjectMetaUpdate(metadata, previous.metadata)
        : validateObjectMeta(metadata, { namespaced: true })),
      ...(seconds !== undefined && seconds <= 0
        ? [invalidValue('spec.leaseDurationSeconds', seconds, 'must be greater than 0')]
        : []),
      ...nonNegative('spec.leaseTransitions', spec?.leaseTransitions),
    ];
  },
});
