import { type FieldError, goJson, goQuote, type PatchOptions, type PatchType } from '../../api';
import { type Query, readAll, readOptionalBool, readText } from '../request/parameters';
import { forbidden, notSupported, refuseOptions } from './option-errors';

/** metav1.CreateOptions or UpdateOptions (validation.ValidateCreateOptions). */
export function readWriteOptions(kind: 'CreateOptions' | 'UpdateOptions', query: Query, headers: Headers) {
  refuseOptions(kind, sharedErrors(query));
  return shared(query, headers);
}

/** metav1.PatchOptions: only an apply may be forced, and must say whose it is. */
export function readPatchOptions(type: PatchType, query: Query, headers: Headers): PatchOptions {
  const force = readOptionalBool(query, 'force');
  const manager = readText(query, 'fieldManager') ?? '';
  const own: FieldError[] = [];
  if (type === 'apply' && manager === '')
    own.push({ type: 'Required', field: 'fieldManager', detail: 'is required for apply patch' });
  if (type !== 'apply' && force !== undefined)
    own.push(forbidden('force', 'may not be specified for non-apply patch'));
  refuseOptions('PatchOptions', [...own, ...sharedErrors(query)]);
  return { ...shared(query, headers), ...(force ? { force } : {}) };
}

const VALIDATIONS = ['', 'Ignore', 'Strict', 'Warn'] as const;
const isValidation = (text: string): text is (typeof VALIDATIONS)[number] =>
  VALIDATIONS.some((each) => each === text);

function shared(query: Query, headers: Headers): PatchOptions {
  const validation = readText(query, 'fieldValidation') ?? '';
  return {
    dryRun: readAll(query, 'dryRun').length > 0,
    fieldManager: readText(query, 'fieldManager') || managerOf(headers),
    fieldValidation: isValidation(validation) && validation !== '' ? validation : 'Warn',
  };
}

const MANAGER_LIMIT = 128;

/** A writer that names no manager is known by its program's name (managerOrUserAgent). */
function managerOf(headers: Headers): string | undefined {
  const program = headers.get('user-agent')?.split('/')[0] ?? '';
  return program.slice(0, MANAGER_LIMIT) || undefined;
}

function sharedErrors(query: Query): readonly FieldError[] {
  const validation = readText(query, 'fieldValidation') ?? '';
  return [
    ...managerErrors(readText(query, 'fieldManager') ?? ''),
    ...dryRunErrors(readAll(query, 'dryRun')),
    ...(isValidation(validation) ? [] : [notSupported('fieldValidation', goQuote(validation), VALIDATIONS)]),
  ];
}

function managerErrors(manager: string): readonly FieldError[] {
  const field = 'fieldManager';
  const errors: FieldError[] = [];
  if (new TextEncoder().encode(manager).length > MANAGER_LIMIT)
    errors.push({ type: 'TooLong', field, detail: `may not be more than ${MANAGER_LIMIT} bytes` });
  let position = 0;
  for (const char of manager) {
    if (!/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(char)) {
      const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      const detail = `invalid character U+${code} (at position ${position})`;
      errors.push({ type: 'Invalid', field, badValue: goQuote(manager), detail });
    }
    position += new TextEncoder().encode(char).length;
  }
  return errors;
}

/** The one dry run there is is of all stages. */
export function dryRunErrors(values: readonly unknown[]): readonly FieldError[] {
  if (values.every((each) => each === 'All')) return [];
  const printed = goJson(values);
  return [notSupported('dryRun', printed, ['All'])];
}
