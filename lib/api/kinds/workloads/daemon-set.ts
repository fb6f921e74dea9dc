import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { DaemonSet } from '../../types';
import { ageColumn, formatLabels, integerColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { setPodTemplateDefaults } from '../pod/defaults';

import { schemaOf } from '../schema';
import { withDefaults } from '../shape';
import {
  nonNegative,
  notSupported,
  required,
  sameJson,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';
import { validateSelector, validateSelectorUnchanged, validateWorkloadTemplate } from './validate-template';
import { selectorColumn, templateColumns } from './workload-columns';
import { templateWarnings } from './workload-warnings';

type Spec = NonNullable<DaemonSet['spec']>;
type Status = NonNullable<DaemonSet['status']>;

/** Upstream writes these counts even when they are 0. */
const NO_STATUS: Status = {
  currentNumberScheduled: 0,
  desiredNumberScheduled: 0,
  numberMisscheduled: 0,
  numberReady: 0,
};

/** DaemonSet of apps/v1. */
export const daemonSetKind = defineKind<DaemonSet>({
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  plural: 'daemonsets',
  shortNames: ['ds'],
  categories: ['all'],
  subresources: ['status'],
  hasGeneration: true,
  schema: schemaOf('DaemonSet'),
  columns: [
    nameColumn(),
    integerColumn(
      'Desired',
      'Nodes that should run the Pod.',
      ({ status }) => status?.desiredNumberScheduled ?? 0,
    ),
    integerColumn('Current', 'Nodes that run the Pod.', ({ status }) => status?.currentNumberScheduled ?? 0),
    integerColumn('Ready', 'Nodes whose Pod is ready.', ({ status }) => status?.numberReady ?? 0),
    integerColumn(
      'Up-to-date',
      'Nodes with the newest Pod.',
      ({ status }) => status?.updatedNumberScheduled ?? 0,
    ),
    integerColumn('Available', 'Nodes whose Pod is available.', ({ status }) => status?.numberAvailable ?? 0),
    textColumn('Node Selector', 'Labels of nodes that should run the Pod.', ({ spec }) => {
      return formatLabels(spec?.template?.spec?.nodeSelector);
    }),
    ageColumn(),
    ...templateColumns<DaemonSet>(),
    selectorColumn(),
  ],
  setDefaults: (set) => ({
    ...set,
    spec: setSpecDefaults(set.spec),
    status: { ...NO_STATUS, ...set.status },
  }),
  prepareForCreate: (set) => ({ ...withTemplateGeneration(set, 1), status: NO_STATUS }),
  prepareForUpdate: (next, previous) => ({
    ...withTemplateGeneration(next, nextTemplateGeneration(next, previous)),
    status: previous.status ?? NO_STATUS,
  }),
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    ...(previous.spec ? { spec: previous.spec } : {}),
  }),
  validate: validateDaemonSet,
  warnings: templateWarnings,
});

/** The annotation as which apps/v1 tells how often the template changed, a field of older versions (DeprecatedTemplateGeneration). */
export const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

function withTemplateGeneration(set: DaemonSet, generation: number): DaemonSet {
  const annotations = { ...set.metadata.annotations, [TEMPLATE_GENERATION]: String(generation) };
  return { ...set, metadata: { ...set.metadata, annotations } };
}

function nextTemplateGeneration(next: DaemonSet, previous: Stored<DaemonSet>): number {
  const generation = Number(previous.metadata.annotations?.[TEMPLATE_GENERATION] ?? 1);
  return sameJson(next.spec?.template, previous.spec?.template) ? generation : generation + 1;
}

function setSpecDefaults(given: DaemonSet['spec']): Spec {
  const spec = withDefaults<Omit<Spec, 'template'>>({ ...given } as Spec, { revisionHistoryLimit: 10 });
  const type = given?.updateStrategy?.type || 'RollingUpdate';
  const { maxSurge = 0, maxUnavailable = 1 } = given?.updateStrategy?.rollingUpdate ?? {};
  return {
    ...spec,
    template: setPodTemplateDefaults(given?.template),
    updateStrategy:
      type === 'RollingUpdate' ? { type, rollingUpdate: { maxSurge, maxUnavailable } } : { type },
  };
}

const STRATEGIES = ['OnDelete', 'RollingUpdate'];

function validateDaemonSet(set: DaemonSet, previous?: Stored<DaemonSet>): FieldError[] {
  const { spec } = set;
  const meta = previous
    ? validateObjectMetaUpdate(set.metadata, previous.metadata)
    : validateObjectMeta(set.metadata, { namespaced: true });
  if (!spec) return [...meta, required('spec')];
  const type = spec.updateStrategy?.type ?? '';
  return [
    ...meta,
    ...validateSelector(spec.selector, 'empty selector is invalid for daemonset'),
    ...validateWorkloadTemplate(spec.template, spec.selector, 'DaemonSet'),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...(STRATEGIES.includes(type) ? [] : [notSupported('spec.updateStrategy.type', type, STRATEGIES)]),
    ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
    ...(previous ? validateSelectorUnchanged(spec.selector, previous.spec?.selector) : []),
  ];
}
