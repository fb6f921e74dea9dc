import {
  type CronJob,
  type Deployment,
  forbidden,
  invalid,
  type KubeObject,
  type Pod,
} from '../../../../api';
import { deepEqual } from '../../../../base';
import type { Attributes, Plugin } from '../plugin';
import { containersOf, type PodSpec } from './check';
import { evaluatePod } from './evaluate';
import { warnOfExistingPods } from './existing-pods';
import { compareLevels, levelText, type Policy, policyOf } from './policy';

/** Parts of a Pod whose writes leave its spec alone. */
const UNMINDED: ReadonlySet<string> = new Set([
  'exec',
  'attach',
  'binding',
  'eviction',
  'log',
  'portforward',
  'proxy',
  'status',
]);
const TEMPLATED: ReadonlySet<string> = new Set([
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
]);

/** Keeps Pods to the level that their namespace's labels name, and warns of templates that would not. */
export const podSecurity: Plugin = {
  name: 'PodSecurity',
  validate(attributes, object) {
    const { kind, subresource } = attributes;
    const resource = kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`;
    if (resource === 'namespaces') return subresource === '' ? validateNamespace(attributes, object) : [];
    if (resource === 'pods') return UNMINDED.has(subresource) ? [] : validatePod(attributes, object as Pod);
    if (subresource !== '') return [];
    if (TEMPLATED.has(resource)) return warnOfTemplate(attributes, (object as Deployment).spec?.template);
    return resource === 'cronjobs.batch'
      ? warnOfTemplate(attributes, (object as CronJob).spec?.jobTemplate.spec?.template)
      : [];
  },
};

function validateNamespace({ context, kind, old }: Attributes, namespace: KubeObject): readonly string[] {
  const { name = '', labels } = namespace.metadata;
  const { policy, errors } = policyOf(labels);
  const before = policyOf(old?.metadata.labels);
  if (errors.length > 0 && (old === undefined || !deepEqual(errors, before.errors))) {
    throw invalid(kind.kind, kind.group, name, [...errors]);
  }
  if (old === undefined) return [];
  const { enforce } = policy;
  const was = before.policy.enforce;
  if (enforce.level === 'privileged') return [];
  if (enforce.version === was.version && compareLevels(enforce.level, was.level) <= 0) return [];
  return warnOfExistingPods(context, name, enforce);
}

function policyAt({ context, namespace }: Attributes): Policy {
  return policyOf(context.store.get(`/namespaces//${namespace}`)?.metadata.labels).policy;
}

function validatePod(attributes: Attributes, pod: Pod): readonly string[] {
  const policy = policyAt(attributes);
  const { spec } = pod;
  if (!spec || (policy.enforce.level === 'privileged' && policy.warn.level === 'privileged')) return [];
  const old = attributes.old as Pod | undefined;
  if (old?.spec && !isSignificant(spec, old.spec)) return [];
  const { allowed, details } = evaluatePod(policy.enforce, pod.metadata.annotations, spec);
  if (allowed) return warnings(policy, pod, spec);
  const why = `violates PodSecurity "${levelText(policy.enforce)}": ${details}`;
  throw forbidden('pods', '', pod.metadata.name ?? '', why);
}

type Template = { readonly metadata?: unknown; readonly spec?: unknown } | undefined;

function warnOfTemplate(attributes: Attributes, template: Template): readonly string[] {
  const policy = policyAt(attributes);
  if (policy.warn.level === 'privileged' || !template) return [];
  return warnings(policy, template as Pod, template.spec as PodSpec);
}

function warnings({ warn }: Policy, { metadata }: Partial<Pod>, spec: PodSpec): readonly string[] {
  const { allowed, details } = evaluatePod(warn, metadata?.annotations, spec);
  return allowed ? [] : [`would violate PodSecurity "${levelText(warn)}": ${details}`];
}

/** Whether an update changes what may matter: containers that are new, or have another image. */
function isSignificant(spec: PodSpec, old: PodSpec): boolean {
  const known = new Map(containersOf(old).map(({ name, image }) => [name, image]));
  return containersOf(spec).some(({ name, image }) => !known.has(name) || known.get(name) !== image);
}
