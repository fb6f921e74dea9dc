import type { IngressClass } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { immutable, required, validateObjectMeta, validateObjectMetaUpdate } from '../validation';

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
  validate: ({ metadata, spec }, previous) => [
    ...(previous
      ? validateObjectMetaUpdate(metadata, previous.metadata)
      : validateObjectMeta(metadata, { namespaced: false })),
    ...(previous
      ? immutable('spec.controller', spec?.controller, previous.spec?.controller)
      : spec?.controller
        ? []
        : [required('spec.controller')]),
  ],
});
