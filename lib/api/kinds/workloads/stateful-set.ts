import { goStruct } from '../../go-format';
import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { StatefulSet } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { setPodTemplateDefaults } from '../pod/defaults';

import { schemaOf } from '../schema';
import { omit, withDefaults } from '../shape';
import { setClaimDefaults } from '../storage/claim-defaults';
import {
  dns1035Label,
  forbiddenField,
  invalidEach,
  invalidGoValue,
  invalidValue,
  nonNegative,
  notSupported,
  required,
  sameJson,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';
import { amount, intOrPercent, notMoreThanAll } from './validate-deployment';
import { validateSelector, validateStatefulTemplate } from './validate-template';
import { templateColumns } from './workload-columns';
import { workloadWarnings } from './workload-warnings';

type Spec = NonNullable<StatefulSet['spec']>;

/** Upstream writes these counts even when they are 0. */
const NO_STATUS = { replicas: 0, availableReplicas: 0 };

/** StatefulSet of apps/v1. */
export const statefulSetKind = defineKind<StatefulSet>({
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  plural: 'statefulsets',
  shortNames: ['sts'],
  categories: ['all'],
  subresources: ['scale', 'status'],
  hasGeneration: true,
  schema: schemaOf('StatefulSet'),
  columns: [
    nameColumn(),
    textColumn('Ready', 'Number of the pod with ready state', ({ spec, status }) => {
      return `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`;
    }),
    ageColumn(),
    ...templateColumns<StatefulSet>(),
  ],
  setDefaults: (set) => ({
    ...set,
    spec: setSpecDefaults(set.spec),
    status: { ...NO_STATUS, ...set.status },
  }),
  prepareForCreate: (set) => ({ ...set, status: NO_STATUS }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous.status ?? NO_STATUS }),
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    ...(previous.spec ? { spec: previous.spec } : {}),
  }),
  validate: validateStatefulSet,
  warnings: workloadWarnings,
});

function setSpecDefaults(given: StatefulSet['spec']): Spec {
  const spec = withDefaults<Omit<Spec, 'template'>>({ ...given } as Spec, {
    podManagementPolicy: 'OrderedReady',
    replicas: 1,
    revisionHistoryLimit: 10,
  });
  const type = given?.updateStrategy?.type || 'RollingUpdate';
  const partition = given?.updateStrategy?.rollingUpdate?.partition ?? 0;
  const retention = given?.persistentVolumeClaimRetentionPolicy;
  return {
    ...spec,
    template: setPodTemplateDefaults(given?.template),
    persistentVolumeClaimRetentionPolicy: {
      whenDeleted: retention?.whenDeleted || 'Retain',
      whenScaled: retention?.whenScaled || 'Retain',
    },
    updateStrategy:
      type === 'RollingUpdate'
        ? { type, rollingUpdate: { ...given?.updateStrategy?.rollingUpdate, partition } }
        : { ...given?.updateStrategy, type },
    ...(given?.volumeClaimTemplates
      ? { volumeClaimTemplates: given.volumeClaimTemplates.map(setClaimDefaults) }
      : {}),
  };
}

const FIXED =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

function validateStatefulSet(set: StatefulSet, previous?: Stored<StatefulSet>): FieldError[] {
  const { spec } = set;
  if (!spec) return [required('spec')];
  if (previous?.spec) {
    const fixed = sameJson(unchanging(spec), unchanging(previous.spec))
      ? []
      : [forbiddenField('spec', FIXED)];
    return [...validateObjectMetaUpdate(set.metadata, previous.metadata), ...fixed, ...validateSpec(spec)];
  }
  const meta = validateObjectMeta(set.metadata, { namespaced: true });
  return [...meta, ...validateSpec(spec)];
}

const unchanging = (spec: Spec): object =>
  omit(
    spec,
    'replicas',
    'ordinals',
    'template',
    'updateStrategy',
    'persistentVolumeClaimRetentionPolicy',
    'minReadySeconds',
    'revisionHistoryLimit',
  );

function validateSpec(spec: Spec): FieldError[] {
  return [
    ...oneOfTwo('spec.podManagementPolicy', spec.podManagementPolicy ?? '', ['OrderedReady', 'Parallel']),
    ...validateStrategy(spec.updateStrategy ?? {}),
    ...validateRetention(spec.persistentVolumeClaimRetentionPolicy ?? {}),
    ...nonNegative('spec.replicas', spec.replicas),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...nonNegative('spec.ordinals.start', spec.ordinals?.start),
    ...(spec.serviceName
      ? invalidEach('spec.serviceName', spec.serviceName, dns1035Label(spec.serviceName))
      : []),
    ...validateSelector(spec.selector, 'empty selector is invalid for statefulset', ''),
    ...validateStatefulTemplate(spec.template, spec.selector),
  ];
}

const oneOfTwo = (field: string, value: string, [a, b]: readonly [string, string]): FieldError[] =>
  value === a || value === b ? [] : [invalidValue(field, value, `must be '${a}' or '${b}'`)];

/** What becomes of the volumes. */
function validateRetention(policy: NonNullable<Spec['persistentVolumeClaimRetentionPolicy']>): FieldError[] {
  const path = 'spec.persistentVolumeClaimRetentionPolicy';
  const known = ['Retain', 'Delete'];
  return (['whenDeleted', 'whenScaled'] as const).flatMap((when) =>
    known.includes(policy[when] ?? '') ? [] : [notSupported(`${path}.${when}`, policy[when] ?? '', known)],
  );
}

/** How Pods are replaced; the internal types have no JSON names of their own. */
function validateStrategy({ type = '', rollingUpdate }: NonNullable<Spec['updateStrategy']>): FieldError[] {
  const path = 'spec.updateStrategy';
  const { partition = 0, maxUnavailable } = rollingUpdate ?? {};
  const shown = rollingUpdate ? { Partition: partition, MaxUnavailable: maxUnavailable ?? null } : null;
  if (type === 'OnDelete') {
    const detail = "only allowed for updateStrategy 'RollingUpdate'";
    return shown ? [invalidGoValue(`${path}.rollingUpdate`, goStruct(shown), detail)] : [];
  }
  if (type !== 'RollingUpdate') {
    const detail = "must be 'RollingUpdate' or 'OnDelete'";
    return [invalidGoValue(path, goStruct({ Type: type, RollingUpdate: shown }), detail)];
  }
  const field = `${path}.rollingUpdate.maxUnavailable`;
  return [
    ...nonNegative(`${path}.rollingUpdate.partition`, partition),
    ...(maxUnavailable === undefined
      ? []
      : [
          ...intOrPercent(maxUnavailable, field),
          ...(amount(maxUnavailable) === 0 ? [invalidValue(field, maxUnavailable, 'cannot be 0')] : []),
          ...notMoreThanAll(maxUnavailable, field),
        ]),
  ];
}
