import { type FieldError, goQuote, type ListOptions } from '../../api';
import { type Query, readBool, readInteger, readOptionalBool, readText } from '../request/parameters';
import { forbidden, notSupported, refuseOptions } from './option-errors';

/** metav1.ListOptions, a watch's part among them. */
export interface ReadListOptions {
  readonly list: ListOptions;
  readonly watch: boolean;
  readonly allowWatchBookmarks: boolean;
  readonly sendInitialEvents: boolean | undefined;
  readonly timeoutSeconds: number | undefined;
}

/** Reads and checks them (ValidateListOptions); what does not go together is refused. */
export function readListOptions(query: Query): ReadListOptions {
  const watch = readBool(query, 'watch');
  const options = {
    labelSelector: readText(query, 'labelSelector'),
    fieldSelector: readText(query, 'fieldSelector'),
    limit: readInteger(query, 'limit'),
    continue: readText(query, 'continue'),
    resourceVersion: readText(query, 'resourceVersion'),
  };
  const match = readText(query, 'resourceVersionMatch') ?? '';
  const asked = readOptionalBool(query, 'sendInitialEvents');
  const timeoutSeconds = readInteger(query, 'timeoutSeconds');
  const isLegacy = options.resourceVersion === undefined || ['', '0'].includes(options.resourceVersion);
  // A watch from no version is one that begins with what is there (SetListOptionsDefaults).
  const byDefault = watch && isLegacy && asked === undefined && match === '';
  const check = watch ? watchErrors : listErrors;
  if (!byDefault) refuseOptions('ListOptions', check(options, match, asked));
  return {
    list: { ...options, ...(isKnownMatch(match) ? { resourceVersionMatch: match } : {}) },
    watch,
    allowWatchBookmarks: readBool(query, 'allowWatchBookmarks'),
    sendInitialEvents: byDefault ? true : asked,
    timeoutSeconds,
  };
}

const isKnownMatch = (match: string): match is 'Exact' | 'NotOlderThan' =>
  match === 'Exact' || match === 'NotOlderThan';

function listErrors(
  { resourceVersion = '', continue: token = '' }: ListOptions,
  match: string,
  initial: boolean | undefined,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const no = (detail: string) => errors.push(forbidden('resourceVersionMatch', detail));
  if (match !== '') {
    if (resourceVersion === '') no('resourceVersionMatch is forbidden unless resourceVersion is provided');
    if (token !== '') no('resourceVersionMatch is forbidden when continue is provided');
    if (!isKnownMatch(match))
      errors.push(notSupported('resourceVersionMatch', goQuote(match), ['Exact', 'NotOlderThan', '']));
    if (match === 'Exact' && resourceVersion === '0')
      no('resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
  }
  if (initial !== undefined)
    errors.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  return errors;
}

function watchErrors(
  { continue: token = '' }: ListOptions,
  match: string,
  initial: boolean | undefined,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const no = (detail: string) => errors.push(forbidden('resourceVersionMatch', detail));
  if (initial !== undefined && match !== 'NotOlderThan')
    no('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
  if (match === '') return errors;
  if (initial === undefined)
    no('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided');
  if (match !== 'NotOlderThan')
    errors.push(notSupported('resourceVersionMatch', goQuote(match), ['NotOlderThan']));
  if (token !== '') no('resourceVersionMatch is forbidden when continue is provided');
  return errors;
}
