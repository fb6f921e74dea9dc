import { humanDuration, parseTime } from '../../../base';
import type { Column } from '../../kind-spec';
import type { Job } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { selectorColumn, templateColumns } from '../workloads/workload-columns';
import { workloadWarnings } from '../workloads/workload-warnings';
import { labelJob, setJobSpecDefaults } from './job-defaults';
import { validateJob } from './validate-job';

/** Job of batch/v1. */
export const jobKind = defineKind<Job>({
  group: 'batch',
  version: 'v1',
  kind: 'Job',
  plural: 'jobs',
  categories: ['all'],
  subresources: ['status'],
  hasGeneration: true,
  schema: schemaOf('Job'),
  columns: jobColumns(),
  selectableFields: { 'status.successful': ({ status }) => String(status?.succeeded ?? 0) },
  setDefaults: (job) => ({ ...job, spec: setJobSpecDefaults(job.spec), status: job.status ?? {} }),
  prepareForCreate: (job) => ({ ...labelJob(job), status: {} }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous.status ?? {} }),
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    ...(previous.spec ? { spec: previous.spec } : {}),
  }),
  validate: validateJob,
  warnings: workloadWarnings,
});

function jobColumns(): readonly Column<Job>[] {
  return [
    nameColumn(),
    textColumn('Status', 'Status of the job.', jobStatus),
    textColumn('Completions', 'How many of its Pods have succeeded.', completions),
    textColumn('Duration', 'Time required to complete the job.', ({ status }, now) => {
      const start = parseTime(status?.startTime ?? '');
      if (start === undefined) return '';
      return humanDuration((parseTime(status?.completionTime ?? '') ?? now) - start);
    }),
    ageColumn(),
    ...templateColumns<Job>(),
    selectorColumn<Job>(),
  ];
}

function jobStatus({ status, metadata }: Job): string {
  const has = (wanted: string): boolean =>
    (status?.conditions ?? []).some(({ type, status: value }) => type === wanted && value === 'True');
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  if (metadata.deletionTimestamp) return 'Terminating';
  if (has('Suspended')) return 'Suspended';
  if (has('FailureTarget')) return 'FailureTarget';
  return has('SuccessCriteriaMet') ? 'SuccessCriteriaMet' : 'Running';
}

function completions({ spec, status }: Job): string {
  const done = status?.succeeded ?? 0;
  if (spec?.completions !== undefined) return `${done}/${spec.completions}`;
  const parallelism = spec?.parallelism ?? 0;
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`;
}
