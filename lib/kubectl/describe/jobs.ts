import type { CronJob, Job } from '../../api';
import { humanDuration, parseTime } from '../../base';
import { writeEvents } from './events';
import { controllerText, writeAnnotations, writeHead, writeLabels } from './metadata';
import { Page } from './page';
import { writePodTemplate } from './pod-template';
import type { Scene } from './scene';
import { boolText } from './storage';
import { longTime } from './times';
import { selectorText } from './workloads';

/** Completed indexes are cut at the comma after so many letters. */
const INDEXES_SHOWN = 50;
const UNSET = '<unset>';

/** `describe job`. */
export async function describeJob({ object, events, now }: Scene): Promise<string> {
  const { metadata, spec, status } = object as Job;
  const page = new Page();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace);
  page.field(0, 'Selector', selectorText(spec?.selector));
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  const owner = controllerText(metadata);
  if (owner !== '') page.field(0, 'Controlled By', owner);
  const said = (name: string, value: string | number | boolean | undefined): void => {
    if (value !== undefined) page.field(0, name, value);
  };
  said('Parallelism', spec?.parallelism);
  page.field(0, 'Completions', spec?.completions ?? UNSET);
  said('Completion Mode', spec?.completionMode);
  said('Suspend', spec?.suspend);
  said('Backoff Limit', spec?.backoffLimit);
  said('TTL Seconds After Finished', spec?.ttlSecondsAfterFinished);
  const { startTime, completionTime } = status ?? {};
  if (startTime) page.field(0, 'Start Time', longTime(startTime));
  if (completionTime) page.field(0, 'Completed At', longTime(completionTime));
  if (startTime && completionTime) {
    page.field(0, 'Duration', humanDuration((parseTime(completionTime) ?? 0) - (parseTime(startTime) ?? 0)));
  }
  const deadline = spec?.activeDeadlineSeconds;
  if (deadline !== undefined) page.field(0, 'Active Deadline Seconds', `${deadline}s`);
  const ready = status?.ready === undefined ? '' : ` (${status.ready} Ready)`;
  const { active = 0, succeeded = 0, failed = 0 } = status ?? {};
  page.field(0, 'Pods Statuses', `${active} Active${ready} / ${succeeded} Succeeded / ${failed} Failed`);
  if (spec?.completionMode === 'Indexed') {
    page.field(0, 'Completed Indexes', indexesText(status?.completedIndexes ?? ''));
  }
  writePodTemplate(page, spec?.template);
  if (events) writeEvents(page, events, now);
  return page.text();
}

function indexesText(indexes: string): string {
  if (indexes === '') return '<none>';
  const end = indexes.indexOf(',', INDEXES_SHOWN);
  return end === -1 ? indexes : `${indexes.slice(0, end + 1)}...`;
}

/** `describe cronjob`. */
export async function describeCronJob({ object, events, now }: Scene): Promise<string> {
  const { metadata, spec, status } = object as CronJob;
  const page = new Page();
  writeHead(page, metadata);
  page.field(0, 'Schedule', spec?.schedule);
  page.field(0, 'Concurrency Policy', spec?.concurrencyPolicy);
  page.field(0, 'Suspend', boolText(spec?.suspend));
  page.field(0, 'Successful Job History Limit', spec?.successfulJobsHistoryLimit ?? UNSET);
  page.field(0, 'Failed Job History Limit', spec?.failedJobsHistoryLimit ?? UNSET);
  const deadline = spec?.startingDeadlineSeconds;
  page.field(0, 'Starting Deadline Seconds', deadline === undefined ? UNSET : `${deadline}s`);
  writeJobTemplate(page, spec?.jobTemplate.spec);
  page.field(0, 'Last Schedule Time', status?.lastScheduleTime ? longTime(status.lastScheduleTime) : UNSET);
  const active = (status?.active ?? []).map(({ name }) => name ?? '');
  page.field(0, 'Active Jobs', active.length === 0 ? '<none>' : active.join(', '));
  if (events) writeEvents(page, events, now);
  return page.text();
}

function writeJobTemplate(page: Page, spec: Job['spec']): void {
  page.field(0, 'Selector', spec?.selector ? selectorText(spec.selector) : UNSET);
  page.field(0, 'Parallelism', spec?.parallelism ?? UNSET);
  page.field(0, 'Completions', spec?.completions ?? UNSET);
  const deadline = spec?.activeDeadlineSeconds;
  if (deadline !== undefined) page.field(0, 'Active Deadline Seconds', `${deadline}s`);
  writePodTemplate(page, spec?.template);
}
