import { badRequest, type DeleteOptions, type FieldError, goQuote } from '../../api';
import { isRecord } from '../../base';
import { type Query, readAll, readInteger, readOptionalBool, readText } from '../request/parameters';
import { notSupported, refuseOptions } from './option-errors';
import { dryRunErrors } from './write-options';

const POLICIES = ['Foreground', 'Background', 'Orphan'] as const;
const isPolicy = (value: unknown): value is (typeof POLICIES)[number] =>
  POLICIES.some((each) => each === value);

interface Given {
  readonly gracePeriodSeconds: unknown;
  readonly propagationPolicy: unknown;
  readonly orphanDependents: unknown;
  readonly dryRun: unknown;
  readonly preconditions: unknown;
}

/** metav1.DeleteOptions: those of the body, or of the query when there is no body, never of both. */
export function readDeleteOptions(
  query: Query,
  body: Readonly<Record<string, unknown>> | undefined,
): DeleteOptions & { readonly orphanDependents: boolean | undefined } {
  const given = body ? fromBody(body) : fromQuery(query);
  refuseOptions('DeleteOptions', errorsOf(given));
  const { gracePeriodSeconds, propagationPolicy, orphanDependents, preconditions, dryRun } = given;
  const policy = isPolicy(propagationPolicy)
    ? propagationPolicy
    : typeof orphanDependents === 'boolean'
      ? orphanDependents
        ? 'Orphan'
        : 'Background'
      : undefined;
  return {
    dryRun: Array.isArray(dryRun) && dryRun.length > 0,
    orphanDependents: typeof orphanDependents === 'boolean' ? orphanDependents : undefined,
    ...(typeof gracePeriodSeconds === 'number' ? { gracePeriodSeconds } : {}),
    ...(policy === undefined ? {} : { propagationPolicy: policy }),
    ...(isRecord(preconditions) ? { preconditions } : {}),
  };
}

const fromQuery = (query: Query): Given => ({
  gracePeriodSeconds: readInteger(query, 'gracePeriodSeconds'),
  propagationPolicy: readText(query, 'propagationPolicy'),
  orphanDependents: readOptionalBool(query, 'orphanDependents'),
  dryRun: readAll(query, 'dryRun'),
  preconditions: undefined,
});

/** Go's type of each field, and whether a value is one. */
const FIELDS: Readonly<Record<keyof Given, readonly [type: string, test: (value: unknown) => boolean]>> = {
  gracePeriodSeconds: ['int64', Number.isInteger],
  propagationPolicy: ['v1.DeletionPropagation', (value) => typeof value === 'string'],
  orphanDependents: ['bool', (value) => typeof value === 'boolean'],
  dryRun: ['[]string', Array.isArray],
  preconditions: ['v1.Preconditions', isRecord],
};

function fromBody(body: Readonly<Record<string, unknown>>): Given {
  if (body.kind !== 'DeleteOptions') throw badRequest('decoded object cannot be converted to DeleteOptions');
  for (const [field, [type, test]] of Object.entries(FIELDS)) {
    const value = body[field] ?? undefined;
    if (value === undefined || test(value)) continue;
    const found =
      typeof value === 'number' ? `number ${value}` : Array.isArray(value) ? 'array' : typeof value;
    throw badRequest(
      `json: cannot unmarshal ${found} into Go struct field DeleteOptions.${field} of type ${type}`,
    );
  }
  return body as unknown as Given;
}

function errorsOf({ propagationPolicy, orphanDependents, dryRun }: Given): readonly FieldError[] {
  const errors: FieldError[] = [];
  const policy = propagationPolicy ?? undefined;
  if ((orphanDependents ?? undefined) !== undefined && policy !== undefined) {
    errors.push({
      type: 'Invalid',
      field: 'propagationPolicy',
      badValue: goQuote(String(policy)),
      detail: 'orphanDependents and deletionPropagation cannot be both set',
    });
  }
  if (policy !== undefined && !isPolicy(policy))
    errors.push(notSupported('propagationPolicy', goQuote(String(policy)), [...POLICIES, 'nil']));
  return [...errors, ...dryRunErrors(Array.isArray(dryRun) ? dryRun : [])];
}
