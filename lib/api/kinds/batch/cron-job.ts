import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { CronJob } from '../../types';
import {
  ageColumn,
  containerCells,
  formatLabelSelector,
  integerColumn,
  nameColumn,
  since,
  textColumn,
  wide,
} from '../columns';
import { defineKind } from '../define-kind';
import { setPodTemplateDefaults } from '../pod/defaults';
import { nameWarnings, podWarnings } from '../pod/warnings';
import { schemaOf } from '../schema';
import { withDefaults } from '../shape';
import {
  invalidGoValue,
  invalidValue,
  nonNegative,
  notSupported,
  oneOf,
  required,
  sameJson,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';
import { scheduleError } from './schedule';
import { timeZoneError } from './time-zone';
import { validateJobSpec } from './validate-job';

type Spec = NonNullable<CronJob['spec']>;

/** Room for the eleven letters that a Job's name adds. */
const NAME_MAX = 52;

/** CronJob of batch/v1. */
export const cronJobKind = defineKind<CronJob>({
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  plural: 'cronjobs',
  shortNames: ['cj'],
  categories: ['all'],
  subresources: ['status'],
  hasGeneration: true,
  schema: schemaOf('CronJob'),
  columns: [
    nameColumn(),
    textColumn('Schedule', 'The schedule in Cron format.', ({ spec }) => spec?.schedule ?? ''),
    textColumn('Timezone', 'The time zone of the schedule.', ({ spec }) => spec?.timeZone ?? '<none>'),
    textColumn('Suspend', 'Whether runs are left out.', ({ spec }) => (spec?.suspend ? 'True' : 'False')),
    integerColumn('Active', 'Jobs that run now.', ({ status }) => (status?.active ?? []).length),
    textColumn('Last Schedule', 'When a Job was last made.', ({ status }, now) => {
      return status?.lastScheduleTime ? since(status.lastScheduleTime, now) : '<none>';
    }),
    ageColumn(),
    wide(textColumn('Containers', 'Names of each container in the template.', (job) => cells(job).names)),
    wide(
      textColumn(
        'Images',
        'Images referenced by each container in the template.',
        (job) => cells(job).images,
      ),
    ),
    wide(
      textColumn('Selector', 'Label selector for pods.', ({ spec }) => {
        return formatLabelSelector(spec?.jobTemplate?.spec?.selector);
      }),
    ),
  ],
  setDefaults: (job) => ({ ...job, spec: setSpecDefaults(job.spec), status: job.status ?? {} }),
  prepareForCreate: (job) => ({ ...job, status: {} }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous.status ?? {} }),
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    ...(previous.spec ? { spec: previous.spec } : {}),
  }),
  validate: validateCronJob,
  warnings: ({ metadata, spec }, previous) => [
    ...(previous ? [] : nameWarnings(metadata.name, 'Pod names and hostnames')),
    ...(previous && sameJson(spec, previous.spec)
      ? []
      : podWarnings(spec?.jobTemplate.spec?.template, 'spec.jobTemplate.spec.template.')),
  ],
});

const cells = ({ spec }: CronJob): ReturnType<typeof containerCells> =>
  containerCells(spec?.jobTemplate?.spec?.template.spec?.containers);

function setSpecDefaults(given: CronJob['spec']): Spec {
  const spec = withDefaults<Spec>({ ...given } as Spec, {
    concurrencyPolicy: 'Allow',
    failedJobsHistoryLimit: 1,
    successfulJobsHistoryLimit: 3,
    suspend: false,
  });
  const template = given?.jobTemplate;
  const jobSpec = { ...template?.spec, template: setPodTemplateDefaults(template?.spec?.template) };
  return {
    ...spec,
    jobTemplate: { ...template, metadata: { ...template?.metadata, ...UNSET }, spec: jobSpec },
  };
}

/** Upstream writes the creation time of a template, which it never has, as null. */
const UNSET: object = { creationTimestamp: null };

const POLICIES = ['Allow', 'Forbid', 'Replace'];

function validateCronJob(job: CronJob, previous?: Stored<CronJob>): FieldError[] {
  const name = job.metadata.name ?? '';
  const meta = previous
    ? validateObjectMetaUpdate(job.metadata, previous.metadata)
    : validateObjectMeta(job.metadata, { namespaced: true });
  if (!previous && name.length > NAME_MAX) {
    meta.push(invalidValue('metadata.name', name, `must be no more than ${NAME_MAX} characters`));
  }
  return job.spec ? [...meta, ...validateSpec(job.spec, previous?.spec)] : [...meta, required('spec')];
}

function validateSpec(spec: Spec, before: Spec | undefined): FieldError[] {
  const policy = spec.concurrencyPolicy ?? '';
  const wrong = spec.schedule ? wrongSchedule(spec, before) : undefined;
  const zone = spec.timeZone === before?.timeZone ? undefined : timeZoneError(spec.timeZone);
  const jobSpec = spec.jobTemplate?.spec;
  return [
    ...(spec.schedule ? [] : [required('spec.schedule')]),
    ...(wrong === undefined ? [] : [invalidValue('spec.schedule', spec.schedule, wrong)]),
    ...nonNegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds),
    ...(zone === undefined ? [] : [invalidValue('spec.timeZone', spec.timeZone, zone)]),
    ...oneOf('spec.concurrencyPolicy', policy, POLICIES),
    ...(jobSpec
      ? validateJobSpec(
          { ...jobSpec, completionMode: jobSpec.completionMode ?? 'NonIndexed' },
          'spec.jobTemplate.spec',
        )
      : [required('spec.jobTemplate')]),
    ...validateGenerated(jobSpec),
    ...nonNegative('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit),
    ...nonNegative('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
  ];
}

/** Zones have a field of their own; a schedule that names one already may keep it. */
function wrongSchedule({ schedule, timeZone }: Spec, before: Spec | undefined): string | undefined {
  if (!schedule.includes('TZ')) return scheduleError(schedule);
  if (!before?.schedule.includes('TZ')) {
    return 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
  }
  return timeZone === undefined ? undefined : 'cannot use both timeZone field and TZ or CRON_TZ in schedule';
}

/** Jobs are given their selectors. */
function validateGenerated(spec: Spec['jobTemplate']['spec']): FieldError[] {
  const path = 'spec.jobTemplate.spec';
  const shown = JSON.stringify(spec?.selector);
  return [
    ...(spec?.selector
      ? [invalidGoValue(`${path}.selector`, shown, '`selector` will be auto-generated')]
      : []),
    ...(spec?.manualSelector ? [notSupported(`${path}.manualSelector`, true, ['nil', 'false'])] : []),
  ];
}
