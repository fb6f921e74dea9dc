import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { DaemonSet } from '../../types';
import { ageColumn, formatLabels, integerColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { setPodTemplateDefaults } from '../pod/defaults';

import { schemaOf } from '../schema';
import { withDefaults } from '../shape';
import {
  invalidValue,
  nonNegative,
  required,
  sameJson,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';
import { amount, intOrPercent, notMoreThanAll, unknownStrategy } from './validate-deployment';
import { validateDaemonTemplate, validateSelectorUnchanged } from './validate-template';
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
      type === 'RollingUpdate'
        ? { type, rollingUpdate: { maxSurge, maxUnavailable } }
        : { ...given?.updateStrategy, type },
  };
}

/** ValidateDaemonSetUpdateStrategy: while it is updated, a node has either one Pod more or one Pod less. */
function validateStrategy({ type = '', rollingUpdate }: NonNullable<Spec['updateStrategy']>): FieldError[] {
  const path = 'spec.updateStrategy';
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate')
    return [unknownStrategy(path, type, rollingUpdate, ['RollingUpdate', 'OnDelete'])];
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate ?? {};
  const [less, more] = [`${path}.rollingUpdate.maxUnavailable`, `${path}.rollingUpdate.maxSurge`];
  const [hasLess, hasMore] = [amount(maxUnavailable) !== 0, amount(maxSurge) !== 0];
  return [
    ...intOrPercent(maxUnavailable, less),
    ...intOrPercent(maxSurge, more),
    ...notMoreThanAll(maxUnavailable, less),
    ...notMoreThanAll(maxSurge, more),
    ...(hasLess && hasMore
      ? [invalidValue(more, maxSurge, 'may not be set when maxUnavailable is non-zero')]
      : []),
    ...(hasLess || hasMore ? [] : [required(less, 'cannot be 0 when maxSurge is 0')]),
  ];
}

function validateDaemonSet(set: DaemonSet, previous?: Stored<DaemonSet>): FieldError[] {
  const { spec } = set;
  const meta = previous
    ? validateObjectMetaUpdate(set.metadata, previous.metadata)
    : validateObjectMeta(set.metadata, { namespaced: true });
  if (!spec) return [...meta, required('spec')];
  return [
    ...meta,
    ...validateDaemonTemplate(spec.template, spec.selector),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...validateStrategy(spec.updateStrategy ?? {}),
    ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
    ...(previous ? validateSelectorUnchanged(spec.selector, previous.spec?.selector) : []),
  ];
}
