import type { Job, Pod, Stored } from '../../../api';
import { type Random, randomName } from '../../../base';
import type { Action } from '../../seams';
import { controllerRef } from '../owners';
import { REFS } from '../refs';
import { FAILURE_COUNT, INDEX } from './indexes';
import { TRACKED } from './tracking';

const ROOM_FOR_NAME = 57;

/** A new Pod of a Job with the event that tells of it; `failures` are those of its index, where they are counted. */
export function createPod(
  job: Stored<Job>,
  index: number | undefined,
  failures: number | undefined,
  random: Random,
): readonly Action[] {
  const base = index === undefined ? job.metadata.name : `${job.metadata.name}-${index}`;
  const generateName = `${base.slice(0, ROOM_FOR_NAME)}-`;
  const name = `${generateName}${randomName(random, 5)}`;
  const template = job.spec?.template;
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...template?.metadata,
      name,
      generateName,
      namespace: job.metadata.namespace,
      labels: { ...template?.metadata?.labels, ...(index === undefined ? {} : { [INDEX]: String(index) }) },
      ...annotated(template?.metadata?.annotations, index, failures),
      finalizers: [...(template?.metadata?.finalizers ?? []), TRACKED],
      ownerReferences: [controllerRef(job)],
    },
    spec: index === undefined ? (template?.spec ?? { containers: [] }) : numbered(template?.spec, base),
  } as Pod;
  const message = `Created pod: ${name}`;
  return [
    { verb: 'create', ref: REFS.pods, object },
    { verb: 'event', about: job, type: 'Normal', reason: 'SuccessfulCreate', message },
  ];
}

type Annotations = Readonly<Record<string, string>> | undefined;

function annotated(
  own: Annotations,
  index: number | undefined,
  failures: number | undefined,
): { readonly annotations?: Annotations } {
  if (index === undefined) return own === undefined ? {} : { annotations: own };
  const counted = failures === undefined ? {} : { [FAILURE_COUNT]: String(failures) };
  return { annotations: { ...own, [INDEX]: String(index), ...counted } };
}

/** Each container of a numbered Pod finds its number in its environment (addCompletionIndexEnvVariables). */
function numbered(spec: Pod['spec'], hostname: string): Pod['spec'] {
  const fieldPath = `metadata.labels['${INDEX}']`;
  const variable = { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef: { fieldPath } } };
  const told = <C extends { readonly env?: unknown }>(container: C): C => {
    const env = (container.env ?? []) as readonly { readonly name: string }[];
    return env.some(({ name }) => name === variable.name)
      ? container
      : { ...container, env: [...env, variable] };
  };
  return {
    ...spec,
    containers: (spec?.containers ?? []).map(told),
    ...(spec?.initContainers ? { initContainers: spec.initContainers.map(told) } : {}),
    hostname,
  };
}

/** Deletes a Pod that is not wanted any more, and tells of it. */
export function deletePod(job: Stored<Job>, pod: Stored<Pod>): readonly Action[] {
  const { namespace = '', name, uid } = pod.metadata;
  const message = `Deleted pod: ${name}`;
  return [
    { verb: 'delete', ref: REFS.pods, namespace, name, options: { preconditions: { uid } } },
    { verb: 'event', about: job, type: 'Normal', reason: 'SuccessfulDelete', message },
  ];
}
