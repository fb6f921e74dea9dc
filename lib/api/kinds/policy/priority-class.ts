import type { FieldError } from '../../status';
import type { PriorityClass } from '../../types';
import { ageColumn, integerColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { forbiddenField, oneOf, validateObjectMeta, validateObjectMetaUpdate } from '../validation';

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
  validate: ({ metadata, value = 0, preemptionPolicy, globalDefault = false }, previous) => {
    if (previous) {
      return [
        ...validateObjectMetaUpdate(metadata, previous.metadata),
        ...(value === previous.value ? [] : [forbiddenField('value', 'may not be changed in an update.')]),
        ...(preemptionPolicy === previous.preemptionPolicy
          ? []
          : [forbiddenField('preemptionPolicy', 'may not be changed in an update.')]),
      ];
    }
    return [
      ...validateObjectMeta(metadata, { namespaced: false }),
      ...validateValue(metadata.name ?? '', value, globalDefault),
      ...oneOf('preemptionPolicy', preemptionPolicy, POLICIES),
    ];
  },
});

const POLICIES = ['Never', 'PreemptLowerPriority'];
const SYSTEM_CLASSES: Readonly<Record<string, number>> = {
  'system-node-critical': 2000001000,
  'system-cluster-critical': 2000000000,
};

function validateValue(name: string, value: number, globalDefault: boolean): FieldError[] {
  if (!name.startsWith('system-')) {
    const detail = `maximum allowed value of a user defined priority is ${HIGHEST_USER_PRIORITY}`;
    return value > HIGHEST_USER_PRIORITY ? [forbiddenField('value', detail)] : [];
  }
  const wrong = systemError(name, value, globalDefault);
  const detail = `priority class names with 'system-' prefix are reserved for system use only. error: ${wrong}`;
  return wrong === undefined ? [] : [forbiddenField('metadata.name', detail)];
}

/** IsKnownSystemPriorityClass. */
function systemError(name: string, value: number, globalDefault: boolean): string | undefined {
  const known = SYSTEM_CLASSES[name];
  if (known === undefined) return `${name} is not a known system priority class`;
  if (value !== known) return `value of ${name} PriorityClass must be ${known}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}
