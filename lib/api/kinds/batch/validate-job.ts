import { goJson, goLabelSelector } from '../../go-format';
import type { Stored } from '../../objects';
import { matchesLabels, selectorFromLabelSelector } from '../../selectors';
import type { FieldError } from '../../status';
import type { Job } from '../../types';
import { validatePodTemplate } from '../pod/validate';
import {
  dns1123Label,
  IMMUTABLE,
  invalidGoValue,
  invalidValue,
  nonNegative,
  notSupported,
  required,
  sameJson,
  validateLabelSelector,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';
import { validateJobPolicies } from './validate-job-policies';

type Spec = NonNullable<Job['spec']>;

const MODES = ['Indexed', 'NonIndexed'];
const MOST_INDEXED = 100_000;

/** ValidateJob and its update. */
export function validateJob(job: Job, previous?: Stored<Job>): FieldError[] {
  const { spec, metadata } = job;
  const meta = previous
    ? validateObjectMetaUpdate(metadata, previous.metadata)
    : validateObjectMeta(metadata, { namespaced: true });
  if (!spec) return [...meta, required('spec')];
  return [
    ...meta,
    ...(previous ? [] : validateGenerated(spec, metadata)),
    ...validateJobSpec(spec, 'spec'),
    ...validateSelector(spec),
    ...(previous?.spec ? validateUnchanged(spec, previous) : validateIndexedName(metadata.name ?? '', spec)),
  ];
}

/** validateGeneratedSelector: nobody but the API server says how a Job finds its Pods. */
function validateGenerated(
  { manualSelector, selector }: Spec,
  { name = '', uid = '' }: Job['metadata'],
): FieldError[] {
  if (manualSelector || !selector) return [];
  const own = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  if (matchesLabels(selectorFromLabelSelector(selector), own)) return [];
  return [invalidGoValue('spec.selector', goLabelSelector(selector), '`selector` not auto-generated')];
}

/** What may not change once a Job exists; a suspended one that never started may still move its Pods. */
function validateUnchanged(spec: Spec, { spec: before, status }: Stored<Job>): FieldError[] {
  const mayMove = before?.suspend === true && status?.startTime === undefined;
  const same = (field: keyof Spec, a: unknown, b: unknown): FieldError[] =>
    sameJson(a, b) ? [] : [invalidGoValue(`spec.${field}`, JSON.stringify(spec[field]), IMMUTABLE)];
  return [
    ...validateCompletions(spec, before),
    ...same('selector', spec.selector, before?.selector),
    ...same(
      'template',
      mayMove ? unmoved(spec) : spec.template,
      mayMove ? unmoved(before) : before?.template,
    ),
    ...same('completionMode', spec.completionMode, before?.completionMode),
    ...same('podFailurePolicy', spec.podFailurePolicy, before?.podFailurePolicy),
    ...same('backoffLimitPerIndex', spec.backoffLimitPerIndex, before?.backoffLimitPerIndex),
  ];
}

/** A template without what says where its Pods run. */
function unmoved(spec: Spec | undefined): object {
  const { nodeSelector: _nodes, tolerations: _taints, affinity, ...rest } = spec?.template.spec ?? {};
  const { nodeAffinity: _near, ...others } = affinity ?? {};
  return { spec: { ...rest, affinity: others } };
}

/** Indexed Jobs may grow and shrink together with their parallelism. */
function validateCompletions(spec: Spec, before: Spec | undefined): FieldError[] {
  const { completions, parallelism } = spec;
  if (completions === before?.completions || (completions === undefined && spec.completionMode === 'Indexed'))
    return [];
  if (spec.completionMode !== 'Indexed') return [invalidValue('spec.completions', completions, IMMUTABLE)];
  const detail = 'can only be modified in tandem with spec.parallelism';
  return completions === parallelism ? [] : [invalidValue('spec.completions', completions, detail)];
}

/** Pods of an indexed Job are called after it and their index. */
function validateIndexedName(name: string, { completionMode, completions }: Spec): FieldError[] {
  if (completionMode !== 'Indexed' || !completions) return [];
  const longest = `${name}-${completions - 1}`;
  const detail = `will not able to create pod with invalid DNS name: ${longest}`;
  return dns1123Label(longest).length === 0 ? [] : [invalidValue('metadata.name', name, detail)];
}

/** The selector is there once the Job has a uid; it must find the Pods that the template makes. */
function validateSelector({ selector, template }: Spec): FieldError[] {
  if (!selector) return [];
  const labels = template.metadata?.labels;
  const finds = matchesLabels(selectorFromLabelSelector(selector), labels);
  const detail = '`selector` does not match template `labels`';
  return [
    ...validateLabelSelector(selector, 'spec.selector'),
    ...(finds ? [] : [invalidGoValue('spec.template.metadata.labels', goJson(labels), detail)]),
  ];
}

/** validateJobSpec. */
export function validateJobSpec(spec: Spec, path: string): FieldError[] {
  const restart = spec.template.spec?.restartPolicy ?? '';
  const mode = spec.completionMode ?? '';
  const counts = [
    'parallelism',
    'completions',
    'activeDeadlineSeconds',
    'backoffLimit',
    'ttlSecondsAfterFinished',
    'backoffLimitPerIndex',
    'maxFailedIndexes',
  ] as const;
  return [
    ...counts.flatMap((field) => nonNegative(`${path}.${field}`, spec[field])),
    ...(spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined
      ? [required(`${path}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified')]
      : []),
    ...(MODES.includes(mode) ? [] : [notSupported(`${path}.completionMode`, mode, MODES)]),
    ...(mode === 'Indexed' ? validateIndexed(spec, path) : validateNonIndexed(spec, path)),
    ...validateJobPolicies(spec, path),
    ...validatePodTemplate(spec.template, `${path}.template`),
    ...(restart === 'OnFailure' || restart === 'Never'
      ? []
      : [required(`${path}.template.spec.restartPolicy`, 'valid values: "OnFailure", "Never"')]),
    ...(spec.podFailurePolicy && restart === 'OnFailure'
      ? [
          invalidValue(
            `${path}.template.spec.restartPolicy`,
            restart,
            'only "Never" is supported when podFailurePolicy is specified',
          ),
        ]
      : []),
  ];
}

function validateIndexed(
  { completions, parallelism = 0, maxFailedIndexes = 0 }: Spec,
  path: string,
): FieldError[] {
  const detail = `must be less than or equal to ${MOST_INDEXED} when completion mode is Indexed`;
  return [
    ...(completions === undefined
      ? [required(`${path}.completions`, 'when completion mode is Indexed')]
      : []),
    ...(parallelism > MOST_INDEXED ? [invalidValue(`${path}.parallelism`, parallelism, detail)] : []),
    ...(completions !== undefined && maxFailedIndexes > completions
      ? [
          invalidValue(
            `${path}.maxFailedIndexes`,
            maxFailedIndexes,
            'must be less than or equal to completions',
          ),
        ]
      : []),
  ];
}

function validateNonIndexed({ backoffLimitPerIndex, maxFailedIndexes }: Spec, path: string): FieldError[] {
  const detail = 'requires indexed completion mode';
  return [
    ...(backoffLimitPerIndex === undefined
      ? []
      : [invalidValue(`${path}.backoffLimitPerIndex`, backoffLimitPerIndex, detail)]),
    ...(maxFailedIndexes === undefined
      ? []
      : [invalidValue(`${path}.maxFailedIndexes`, maxFailedIndexes, detail)]),
  ];
}
