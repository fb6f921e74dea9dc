import type { PriorityClass } from '../../types';
import { ageColumn, integerColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { forbiddenField, validateObjectMeta, validateObjectMetaUpdate } from '../validation';

/** Above this only Kubernetes' own classes. */
const HIGHEST_USER_PRIORITY = 1000000000;

/** PriorityClass of scheduling.k8s.io/v1. */
export const priorityClassKind = defineKind<PriorityClass>({
  group: 'scheduling.k8s.io',
  version: 'v1',
  kind: 'PriorityClass',
  plural: 'priorityclasses',
  shortNames: ['pc'],
  namespaced: false,
  hasGeneration: true,
  schema: schemaOf('PriorityClass'),
  columns: [
    nameColumn(),
    integerColumn('Value', 'The priority that Pods get.', ({ value }) => value ?? 0),
    {
      name: 'Global-Default',
      type: 'boolean',
      description: 'Whether Pods without a class get it.',
      priority: 0,
      value: ({ globalDefault }) => globalDefault ?? false,
    },
    ageColumn(),
    textColumn('PreemptionPolicy', 'Whether its Pods push others out.', ({ preemptionPolicy }) => {
      return preemptionPolicy ?? '';
    }),
  ],
  setDefaults: (priority) => ({
    ...priority,
    preemptionPolicy: priority.preemptionPolicy ?? 'PreemptLowerPriority',
  }),
  validate: ({ metadata, value = 0, preemptionPolicy }, previous) => {
    if (previous) {
      return [
        ...validateObjectMetaUpdate(metadata, previous.metadata),
        ...(value === previous.value ? [] : [forbiddenField('value', 'may not be changed in an update.')]),
        ...(preemptionPolicy === previous.preemptionPolicy
          ? []
          : [forbiddenField('preemptionPolicy', 'may not be changed in an update.')]),
      ];
    }
    const errors = validateObjectMeta(metadata, { namespaced: false });
    const own = metadata.name?.startsWith('system-') ?? false;
    if (own || value <= HIGHEST_USER_PRIORITY) return errors;
    const detail = `maximum allowed value of a user defined priority is ${HIGHEST_USER_PRIORITY}`;
    return [...errors, forbiddenField('value', detail)];
  },
});
