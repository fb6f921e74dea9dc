import type { ObjectMeta } from '../../objects';
import type { PodTemplateSpec } from '../../types';
import { nameWarnings, podWarnings } from '../pod/warnings';
import { sameJson } from '../validation';

/** Something that makes Pods of a template. */
interface Workload {
  readonly metadata: ObjectMeta;
  readonly spec?: { readonly template?: PodTemplateSpec | undefined } | undefined;
}

/** What a template warns of, when it is new or something beside it has changed. */
export function templateWarnings({ spec }: Workload, previous?: Workload): readonly string[] {
  return previous && sameJson(spec, previous.spec) ? [] : podWarnings(spec?.template, 'spec.template.');
}

/** The same, and what the name warns of that Pods will bear. */
export function workloadWarnings(workload: Workload, previous?: Workload): readonly string[] {
  const names = previous ? [] : nameWarnings(workload.metadata.name, 'Pod names and hostnames');
  return [...names, ...templateWarnings(workload, previous)];
}
