import { canonicalQuantity, compareQuantities, formatQuantity, parseQuantity } from '../../../base';
import type { FieldError } from '../../status';
import type { LimitRange } from '../../types';
import { nameColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { duplicate, invalidValue, validateObjectMeta, validateObjectMetaUpdate } from '../validation';

type Item = NonNullable<LimitRange['spec']>['limits'][number];
type Amounts = Readonly<Record<string, string>>;

/** LimitRange of core/v1. */
export const limitRangeKind = defineKind<LimitRange>({
  group: '',
  version: 'v1',
  kind: 'LimitRange',
  plural: 'limitranges',
  shortNames: ['limits'],
  schema: schemaOf('LimitRange'),
  columns: [
    nameColumn(),
    {
      name: 'Created At',
      type: 'date',
      description: 'When this was made.',
      priority: 0,
      value: ({ metadata }) => metadata.creationTimestamp ?? '<unknown>',
    },
  ],
  setDefaults: (range) => ({
    ...range,
    spec: { ...range.spec, limits: (range.spec?.limits ?? []).map(setItemDefaults) },
  }),
  validate: ({ metadata, spec }, previous) => [
    ...(previous
      ? validateObjectMetaUpdate(metadata, previous.metadata)
      : validateObjectMeta(metadata, { namespaced: true })),
    ...(spec?.limits ?? []).flatMap((item, index) => [
      ...(spec?.limits.findIndex(({ type }) => type === item.type) === index
        ? []
        : [duplicate(`spec.limits[${index}].type`, item.type)]),
      ...validateItem(item, `spec.limits[${index}]`),
    ]),
  ],
});

const canonical = (amounts: Amounts): Amounts =>
  Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, canonicalQuantity(value)]));

/** SetDefaults_LimitRangeItem: a container's default limit is its maximum, its default request the limit or minimum. */
function setItemDefaults(given: Item): Item {
  const read = (amounts: Amounts | undefined): Amounts | undefined => amounts && canonical(amounts);
  const [max, min, limit, request] = [given.max, given.min, given.default, given.defaultRequest].map(read);
  const common = { ...given, ...(max ? { max } : {}), ...(min ? { min } : {}) };
  if (given.type !== 'Container') return common;
  const defaults = { ...max, ...limit };
  const requests = { ...min, ...defaults, ...request };
  return {
    ...common,
    ...(Object.keys(defaults).length > 0 ? { default: defaults } : {}),
    ...(Object.keys(requests).length > 0 ? { defaultRequest: requests } : {}),
  };
}

const LADDER = [
  ['min', 'max'],
  ['min', 'defaultRequest'],
  ['min', 'default'],
  ['defaultRequest', 'max'],
  ['defaultRequest', 'default'],
  ['default', 'max'],
] as const;

const WORDS = { min: 'min', max: 'max', default: 'default', defaultRequest: 'default request' };

/** Each amount lies between its minimum and its maximum. */
function validateItem(item: Item, path: string): FieldError[] {
  const names = [...new Set(LADDER.flat().flatMap((field) => Object.keys(item[field] ?? {})))];
  return names.flatMap((name) =>
    LADDER.flatMap(([low, high]) => {
      const [a, b] = [parseQuantity(item[low]?.[name] ?? ''), parseQuantity(item[high]?.[name] ?? '')];
      if (!a || !b || compareQuantities(a, b) <= 0) return [];
      const text = formatQuantity(a);
      const detail = `${WORDS[low]} value ${text} is greater than ${WORDS[high]} value ${formatQuantity(b)}`;
      return [invalidValue(`${path}.${low}[${name}]`, text, detail)];
    }),
  );
}
