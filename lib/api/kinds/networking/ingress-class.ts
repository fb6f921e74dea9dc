import type { FieldError } from '../../status';
import type { IngressClass } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import {
  dns1123Label,
  domainPrefixedPath,
  forbiddenField,
  immutable,
  invalidEach,
  invalidValue,
  notSupported,
  required,
  tooLong,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';
import { validateReference } from './validate-reference';

type Spec = NonNullable<IngressClass['spec']>;
type Parameters = NonNullable<Spec['parameters']>;

/** IngressClass of networking.k8s.io/v1. */
export const ingressClassKind = defineKind<IngressClass>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IngressClass',
  plural: 'ingressclasses',
  namespaced: false,
  hasGeneration: true,
  schema: schemaOf('IngressClass'),
  columns: [
    nameColumn(),
    textColumn('Controller', 'Who serves this class.', ({ spec }) => spec?.controller ?? ''),
    textColumn('Parameters', 'What configures it.', ({ spec }) => {
      const parameters = spec?.parameters;
      if (!parameters) return '<none>';
      const group = parameters.apiGroup ? `.${parameters.apiGroup}` : '';
      return `${parameters.kind}${group}/${parameters.name}`;
    }),
    ageColumn(),
  ],
  setDefaults: (each) =>
    each.spec?.parameters
      ? { ...each, spec: { ...each.spec, parameters: { scope: 'Cluster', ...each.spec.parameters } } }
      : each,
  validate: ({ metadata, spec }, previous) => [
    ...(previous
      ? [
          ...validateObjectMetaUpdate(metadata, previous.metadata),
          ...immutable('spec.controller', spec?.controller, previous.spec?.controller),
        ]
      : validateObjectMeta(metadata, { namespaced: false })),
    ...validateController(spec?.controller ?? ''),
    ...(spec?.parameters ? validateParameters(spec.parameters, 'spec.parameters') : []),
  ],
});

/** maxLenIngressClassController. */
const CONTROLLER_MAX_BYTES = 250;

function validateController(controller: string): FieldError[] {
  const field = 'spec.controller';
  if (controller.length > CONTROLLER_MAX_BYTES) return [tooLong(field, CONTROLLER_MAX_BYTES)];
  if (controller === '') return [required(field)];
  return domainPrefixedPath(controller).map(({ value, detail }) => invalidValue(field, value, detail));
}

const SCOPES = ['Cluster', 'Namespace'];

/** validateIngressClassParametersReference. */
function validateParameters(parameters: Parameters, path: string): FieldError[] {
  const { scope = '', namespace } = parameters;
  const errors = validateReference(parameters, path);
  if (!SCOPES.includes(scope)) return [...errors, notSupported(`${path}.scope`, scope, SCOPES)];
  const field = `${path}.namespace`;
  const why = `\`parameters.scope\` is set to '${scope}'`;
  if (scope === 'Cluster') return namespace === undefined ? errors : [...errors, forbiddenField(field, why)];
  if (namespace === undefined) return [...errors, required(field, why)];
  return [...errors, ...invalidEach(field, namespace, dns1123Label(namespace))];
}
