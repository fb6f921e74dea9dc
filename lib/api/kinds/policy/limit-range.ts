import { canonicalQuantity } from '../../../base';
import type { LimitRange } from '../../types';
import { nameColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { validateObjectMeta, validateObjectMetaUpdate } from '../validation';
import { validateLimits } from './validate-limit-range';

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
    ...validateLimits(spec?.limits ?? []),
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
