import { isRecord } from '../../base';
import { changeAt, type Fields, isNamespaced, kindOf, nameOf, type Resource, renamed } from './resource';

/** Where kinds have what kustomize's field specs name; `*` goes through a list. */
interface FieldSpec {
  readonly kinds?: readonly string[];
  readonly path: string;
  readonly create: boolean;
}

const WORKLOADS = ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'ReplicationController'];
const SELECTING = ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'];

const TEMPLATE_LABELS: readonly FieldSpec[] = [
  { kinds: WORKLOADS, path: 'spec/template/metadata/labels', create: true },
  { kinds: ['CronJob'], path: 'spec/jobTemplate/metadata/labels', create: true },
  { kinds: ['CronJob'], path: 'spec/jobTemplate/spec/template/metadata/labels', create: true },
  { kinds: ['StatefulSet'], path: 'spec/volumeClaimTemplates/*/metadata/labels', create: true },
];

const SELECTORS: readonly FieldSpec[] = [
  { kinds: ['Service', 'ReplicationController'], path: 'spec/selector', create: true },
  { kinds: SELECTING, path: 'spec/selector/matchLabels', create: true },
  { kinds: ['Job'], path: 'spec/selector/matchLabels', create: false },
  { kinds: ['CronJob'], path: 'spec/jobTemplate/spec/selector/matchLabels', create: false },
  { kinds: ['PodDisruptionBudget'], path: 'spec/selector/matchLabels', create: false },
  { kinds: ['NetworkPolicy'], path: 'spec/podSelector/matchLabels', create: false },
  { kinds: ['NetworkPolicy'], path: 'spec/ingress/*/from/*/podSelector/matchLabels', create: false },
  { kinds: ['NetworkPolicy'], path: 'spec/egress/*/to/*/podSelector/matchLabels', create: false },
  {
    kinds: ['Deployment', 'StatefulSet'],
    path: 'spec/template/spec/topologySpreadConstraints/*/labelSelector/matchLabels',
    create: false,
  },
];

const LABELS: FieldSpec = { path: 'metadata/labels', create: true };

const ANNOTATIONS: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  { kinds: WORKLOADS, path: 'spec/template/metadata/annotations', create: true },
  { kinds: ['CronJob'], path: 'spec/jobTemplate/metadata/annotations', create: true },
  { kinds: ['CronJob'], path: 'spec/jobTemplate/spec/template/metadata/annotations', create: true },
];

/** What `labels` and `commonLabels` ask for. */
export interface LabelRule {
  readonly pairs: Fields;
  readonly selectors: boolean;
  readonly templates: boolean;
}

/** Adds labels, and where asked to selectors and templates. */
export function addLabels(resource: Resource, { pairs, selectors, templates }: LabelRule): Resource {
  const specs = [LABELS, ...(selectors || templates ? TEMPLATE_LABELS : []), ...(selectors ? SELECTORS : [])];
  return addPairs(resource, specs, pairs);
}

/** Adds annotations to objects and their Pod templates. */
export const addAnnotations = (resource: Resource, pairs: Fields): Resource =>
  addPairs(resource, ANNOTATIONS, pairs);

function addPairs(resource: Resource, specs: readonly FieldSpec[], pairs: Fields): Resource {
  const object = specs
    .filter(({ kinds }) => kinds === undefined || kinds.includes(kindOf(resource)))
    .reduce<unknown>(
      (before, { path, create }) =>
        changeAt(before, path.split('/'), create, (value) => ({
          ...(isRecord(value) ? value : {}),
          ...pairs,
        })),
      resource.object,
    );
  return { ...resource, object: object as Fields };
}

/** Moves what lives in namespaces; a Namespace of another name is renamed. */
export function setNamespace(resource: Resource, namespace: string): Resource {
  if (kindOf(resource) === 'Namespace') return renamed(resource, namespace);
  if (!isNamespaced(resource)) return resource;
  const object = changeAt(resource.object, ['metadata', 'namespace'], true, () => namespace);
  return { ...resource, object: object as Fields };
}

/** Kinds whose names are not the author's to change. */
const NAMED_BY_RULE: ReadonlySet<string> = new Set(['Namespace', 'CustomResourceDefinition', 'APIService']);

/** Puts words around the name. */
export function affix(resource: Resource, prefix: string, suffix: string): Resource {
  if (NAMED_BY_RULE.has(kindOf(resource))) return resource;
  return renamed(resource, `${prefix}${nameOf(resource)}${suffix}`);
}

const POD_SPECS = ['spec', 'spec/template/spec', 'spec/jobTemplate/spec/template/spec'];

/** Gives containers of one image another name, tag or digest. */
export function setImage(resource: Resource, rule: Fields): Resource {
  const object = POD_SPECS.flatMap((path) =>
    ['containers', 'initContainers', 'ephemeralContainers'].map((list) => `${path}/${list}/*/image`),
  ).reduce<unknown>(
    (before, path) =>
      changeAt(before, path.split('/'), false, (image) =>
        typeof image === 'string' ? renameImage(image, rule) : image,
      ),
    resource.object,
  );
  return { ...resource, object: object as Fields };
}

function renameImage(image: string, rule: Fields): string {
  const [, name = '', tag = '', digest = ''] = /^(.*?)(:[^/:@]+)?(@sha256:[0-9a-f]+)?$/.exec(image) ?? [];
  if (name !== rule.name) return image;
  const next = rule.newName === undefined ? name : String(rule.newName);
  if (rule.digest !== undefined && rule.digest !== '') return `${next}@${rule.digest}`;
  if (rule.newTag !== undefined && rule.newTag !== '') return `${next}:${rule.newTag}`;
  return `${next}${tag}${digest}`;
}

/** Kinds whose `spec.replicas` a `replicas` entry sets. */
export const SCALABLE: ReadonlySet<string> = new Set([
  'Deployment',
  'ReplicationController',
  'ReplicaSet',
  'StatefulSet',
]);

/** Sets how many. */
export function setReplicas(resource: Resource, count: unknown): Resource {
  const object = changeAt(resource.object, ['spec', 'replicas'], true, () => count);
  return { ...resource, object: object as Fields };
}
