import {
  compareQuantities,
  formatQuantity,
  parseQuantity,
  type Quantity,
  quantityMilliValue,
  quantityOf,
} from '../../../base';
import type { FieldError } from '../../status';
import type { LimitRange } from '../../types';
import {
  duplicate,
  forbiddenField,
  invalidEach,
  invalidValue,
  mayOvercommit,
  qualifiedName,
  required,
  validateContainerResourceName,
  validateResourceName,
} from '../validation';

type Item = NonNullable<LimitRange['spec']>['limits'][number];
type Field = 'min' | 'max' | 'default' | 'defaultRequest' | 'maxLimitRequestRatio';

const TYPES = ['Pod', 'Container', 'PersistentVolumeClaim'];
const ONE = quantityOf(1);

/** ValidateLimitRange, of its items. */
export function validateLimits(limits: readonly Item[]): FieldError[] {
  return limits.flatMap((item, index) => {
    const path = `spec.limits[${index}]`;
    const repeated = limits.findIndex(({ type }) => type === item.type) < index;
    return [
      ...validateType(item.type, `${path}.type`),
      ...(repeated ? [duplicate(`${path}.type`, item.type)] : []),
      ...validateItem(item, path),
    ];
  });
}

function validateType(type: string, field: string): FieldError[] {
  const errors = invalidEach(field, type, qualifiedName(type));
  if (errors.length > 0 || type.includes('/') || TYPES.includes(type)) return errors;
  return [invalidValue(field, type, 'must be a standard limit type or fully qualified')];
}

function validateItem(item: Item, path: string): FieldError[] {
  const isPod = item.type === 'Pod';
  const names = (field: Field): FieldError[] =>
    Object.keys(item[field] ?? {}).flatMap((name) =>
      isPod || item.type === 'Container'
        ? validateContainerResourceName(name, `${path}.${field}[${name}]`)
        : validateResourceName(name, `${path}.${field}[${name}]`),
    );
  const never = (field: 'default' | 'defaultRequest'): FieldError[] =>
    Object.keys(item[field] ?? {}).length === 0
      ? []
      : [forbiddenField(`${path}.${field}`, "may not be specified when `type` is 'Pod'")];
  const fields: readonly Field[] = isPod
    ? ['max', 'min', 'maxLimitRequestRatio']
    : ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'];
  const bounded = item.min?.storage !== undefined || item.max?.storage !== undefined;
  const detail = 'either minimum or maximum storage value is required, but neither was provided';
  const known = [...new Set(fields.flatMap((field) => Object.keys(item[field] ?? {})))];
  return [
    ...names('max'),
    ...names('min'),
    ...(isPod
      ? [...never('default'), ...never('defaultRequest')]
      : [...names('default'), ...names('defaultRequest')]),
    ...(item.type === 'PersistentVolumeClaim' && !bounded ? [required(`${path}.limits`, detail)] : []),
    ...names('maxLimitRequestRatio'),
    ...known.flatMap((name) => validateAmounts(isPod ? withoutDefaults(item) : item, name, path)),
  ];
}

const withoutDefaults = ({ default: _limit, defaultRequest: _request, ...item }: Item): Item => item;

/** Where two amounts are in the wrong order: who is told, by which of the two, and in which words. */
const LADDER: readonly (readonly [low: Field, high: Field, at: Field, shown: Field])[] = [
  ['min', 'max', 'min', 'min'],
  ['min', 'defaultRequest', 'defaultRequest', 'defaultRequest'],
  ['defaultRequest', 'max', 'defaultRequest', 'defaultRequest'],
  ['defaultRequest', 'default', 'defaultRequest', 'defaultRequest'],
  ['min', 'default', 'default', 'min'],
  ['default', 'max', 'default', 'max'],
];
const WORDS: Readonly<Record<Field, string>> = {
  min: 'min',
  max: 'max',
  default: 'default',
  defaultRequest: 'default request',
  maxLimitRequestRatio: 'ratio',
};

function validateAmounts(item: Item, name: string, path: string): FieldError[] {
  const read = (field: Field): Quantity | undefined => parseQuantity(item[field]?.[name] ?? '');
  const refuse = (field: Field, shown: Quantity, detail: string): FieldError =>
    invalidValue(`${path}.${field}[${name}]`, formatQuantity(shown), detail);
  const ladder = LADDER.flatMap(([low, high, at, shown]) => {
    const [a, b] = [read(low), read(high)];
    if (!a || !b || compareQuantities(a, b) <= 0) return [];
    const above = low === 'defaultRequest' && high === 'default' ? 'default limit' : WORDS[high];
    const detail = `${WORDS[low]} value ${formatQuantity(a)} is greater than ${above} value ${formatQuantity(b)}`;
    return [refuse(at, shown === low ? a : b, detail)];
  });
  const [limit, request] = [read('default'), read('defaultRequest')];
  const differ = limit && request && !mayOvercommit(name) && compareQuantities(limit, request) !== 0;
  return [
    ...ladder,
    ...validateRatio(item, name, path),
    ...(differ
      ? [
          refuse(
            'defaultRequest',
            request,
            `default value ${formatQuantity(limit)} must equal to defaultRequest value ${formatQuantity(request)} in ${name}`,
          ),
        ]
      : []),
  ];
}

const GO_FLOAT_DIGITS = 6;

function validateRatio(item: Item, name: string, path: string): FieldError[] {
  const [ratio, min, max] = [item.maxLimitRequestRatio, item.min, item.max].map((each) =>
    parseQuantity(each?.[name] ?? ''),
  );
  if (!ratio) return [];
  const text = formatQuantity(ratio);
  const refuse = (detail: string): FieldError =>
    invalidValue(`${path}.maxLimitRequestRatio[${name}]`, text, `ratio ${text} is ${detail}`);
  const most = min && max ? quantityMilliValue(max) / quantityMilliValue(min) : Number.POSITIVE_INFINITY;
  return [
    ...(compareQuantities(ratio, ONE) < 0 ? [refuse('less than 1')] : []),
    ...(quantityMilliValue(ratio) / 1000 > most
      ? [refuse(`greater than max/min = ${most.toFixed(GO_FLOAT_DIGITS)}`)]
      : []),
  ];
}
