import type { Stored } from '../objects';
import type { FieldError } from '../status';
import type { Namespace } from '../types';
import { ageColumn, nameColumn, textColumn } from './columns';
import { defineKind } from './define-kind';
import { schemaOf } from './schema';
import {
  dns1123Label,
  invalidEach,
  invalidValue,
  qualifiedName,
  sameJson,
  validateFinalizerOwners,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from './validation';

/** The label that lets selectors name a namespace. */
const NAME_LABEL = 'kubernetes.io/metadata.name';
/** The finalizer that holds a namespace until all in it is gone. */
const FINALIZER = 'kubernetes';

/** Namespace of core/v1. */
export const namespaceKind = defineKind<Namespace>({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  shortNames: ['ns'],
  namespaced: false,
  subresources: ['finalize', 'status'],
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  schema: schemaOf('Namespace'),
  columns: [
    nameColumn(),
    textColumn('Status', 'The status of the namespace', ({ status }) => status?.phase ?? ''),
    ageColumn(),
  ],
  selectableFields: { 'status.phase': ({ status }) => status?.phase ?? '' },
  setDefaults: labelWithName,
  prepareForCreate: (namespace) => {
    const finalizers = namespace.spec?.finalizers ?? [];
    const kept = finalizers.includes(FINALIZER) ? finalizers : [...finalizers, FINALIZER];
    return labelWithName({ ...namespace, spec: { finalizers: kept }, status: { phase: 'Active' } });
  },
  prepareForUpdate: (next, previous) => ({
    ...next,
    spec: previous.spec ?? {},
    status: previous.status ?? {},
  }),
  prepareForStatusUpdate: (next, previous) => ({ ...next, spec: previous.spec ?? {} }),
  validate: validateNamespace,
});

function labelWithName(namespace: Namespace): Namespace {
  const { name, labels } = namespace.metadata;
  if (!name || labels?.[NAME_LABEL] === name) return namespace;
  return { ...namespace, metadata: { ...namespace.metadata, labels: { ...labels, [NAME_LABEL]: name } } };
}

function validateNamespace(namespace: Namespace, previous?: Stored<Namespace>): FieldError[] {
  if (previous) return validateUpdate(namespace, previous);
  const finalizers = namespace.spec?.finalizers ?? [];
  return [
    ...validateObjectMeta(namespace.metadata, { namespaced: false, name: dns1123Label }),
    ...finalizers.flatMap((each) => invalidEach('spec.finalizers', each, qualifiedName(each))),
    ...validateFinalizerOwners(finalizers, 'spec.finalizers'),
  ];
}

function validateUpdate(namespace: Namespace, previous: Stored<Namespace>): FieldError[] {
  const { metadata, spec, status } = namespace;
  const [phase, wanted] = [status?.phase, metadata.deletionTimestamp ? 'Terminating' : 'Active'];
  const when = metadata.deletionTimestamp ? 'is not empty' : 'is empty';
  const detail = `may only be '${wanted}' if \`deletionTimestamp\` ${when}`;
  const finalizers = sameJson(spec?.finalizers, previous.spec?.finalizers) ? [] : (spec?.finalizers ?? []);
  return [
    ...validateObjectMetaUpdate(metadata, previous.metadata),
    ...(phase === wanted || phase === previous.status?.phase
      ? []
      : [invalidValue('status.Phase', phase, detail)]),
    ...finalizers.flatMap((each, index) => {
      const field = `spec.finalizers[${index}]`;
      return [...invalidEach(field, each, qualifiedName(each)), ...validateFinalizerOwners([each], field)];
    }),
  ];
}
