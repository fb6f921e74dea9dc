import type { Deployment } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { setPodTemplateDefaults } from '../pod/defaults';

import { schemaOf } from '../schema';
import { withDefaults } from '../shape';
import { validateDeployment } from './validate-deployment';
import { selectorColumn, templateColumns } from './workload-columns';
import { workloadWarnings } from './workload-warnings';

type Spec = NonNullable<Deployment['spec']>;

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
  columns: [
    nameColumn(),
    textColumn('Ready', 'Number of the pod with ready state', ({ spec, status }) => {
      return `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`;
    }),
    {
      name: 'Up-to-date',
      type: 'string',
      description: 'Number of Pods that have the desired template.',
      priority: 0,
      value: ({ status }) => status?.updatedReplicas ?? 0,
    },
    {
      name: 'Available',
      type: 'string',
      description: 'Number of Pods that have been ready for long enough.',
      priority: 0,
      value: ({ status }) => status?.availableReplicas ?? 0,
    },
    ageColumn(),
    ...templateColumns<Deployment>(),
    selectorColumn(),
  ],
  setDefaults: (deployment) => ({
    ...deployment,
    spec: setSpecDefaults(deployment.spec),
    status: deployment.status ?? {},
  }),
  prepareForCreate: (deployment) => ({ ...deployment, status: {} }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous.status ?? {} }),
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    metadata: {
      ...next.metadata,
      ...(previous.metadata.labels ? { labels: previous.metadata.labels } : {}),
    },
    ...(previous.spec ? { spec: previous.spec } : {}),
  }),
  validate: validateDeployment,
  warnings: workloadWarnings,
});

/** SetDefaults_Deployment. */
function setSpecDefaults(given: Deployment['spec']): Spec {
  const template = setPodTemplateDefaults(given?.template);
  // The selector stays away when it was not given: validation asks for it.
  const spec = withDefaults<Omit<Spec, 'template'>>({ ...given } as Spec, {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
  });
  return { ...spec, strategy: defaultStrategy(given?.strategy), template };
}

function defaultStrategy(given: Spec['strategy']): NonNullable<Spec['strategy']> {
  const strategy = { ...given, type: given?.type || 'RollingUpdate' };
  if (strategy.type !== 'RollingUpdate') return strategy;
  const { maxSurge = '25%', maxUnavailable = '25%' } = strategy.rollingUpdate ?? {};
  return { ...strategy, rollingUpdate: { maxSurge, maxUnavailable } };
}
