import type { ReplicaSet } from '../../types';
import { ageColumn, integerColumn, nameColumn } from '../columns';
import { defineKind } from '../define-kind';
import { setPodTemplateDefaults } from '../pod/defaults';

import { schemaOf } from '../schema';
import { withDefaults } from '../shape';
import { validateReplicaSet } from './validate-replica-set';
import { selectorColumn, templateColumns } from './workload-columns';
import { workloadWarnings } from './workload-warnings';

type Spec = NonNullable<ReplicaSet['spec']>;

/** ReplicaSet of apps/v1. */
export const replicaSetKind = defineKind<ReplicaSet>({
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  shortNames: ['rs'],
  categories: ['all'],
  subresources: ['scale', 'status'],
  hasGeneration: true,
  schema: schemaOf('ReplicaSet'),
  columns: [
    nameColumn(),
    integerColumn('Desired', 'Number of desired Pods.', ({ spec }) => spec?.replicas ?? 0),
    integerColumn('Current', 'Number of Pods that exist.', ({ status }) => status?.replicas ?? 0),
    integerColumn('Ready', 'Number of Pods that are ready.', ({ status }) => status?.readyReplicas ?? 0),
    ageColumn(),
    ...templateColumns<ReplicaSet>(),
    selectorColumn(),
  ],
  selectableFields: { 'status.replicas': ({ status }) => String(status?.replicas ?? 0) },
  setDefaults: (replicaSet) => ({
    ...replicaSet,
    spec: setSpecDefaults(replicaSet.spec),
    status: withDefaults(replicaSet.status ?? { replicas: 0 }, { replicas: 0 }),
  }),
  prepareForCreate: (replicaSet) => ({ ...replicaSet, status: { replicas: 0 } }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous.status ?? { replicas: 0 } }),
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    ...(previous.spec ? { spec: previous.spec } : {}),
  }),
  validate: validateReplicaSet,
  warnings: workloadWarnings,
});

/** SetDefaults_ReplicaSet. */
function setSpecDefaults(given: ReplicaSet['spec']): Spec {
  const spec = withDefaults<Omit<Spec, 'template'>>({ ...given } as Spec, { replicas: 1 });
  return { ...spec, template: setPodTemplateDefaults(given?.template) };
}
