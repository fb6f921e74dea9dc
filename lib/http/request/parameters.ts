import { badRequest } from '../../api';

/** A URL's query as Go reads it: each name with its values, in the order they came. */
export type Query = ReadonlyMap<string, readonly string[]>;

/** Reads "?a=1&a=2&b"; what does not decode is passed over, as url.Values passes it over. */
export function readQuery(search: string): Query {
  const query = new Map<string, readonly string[]>();
  for (const pair of search.replace(/^\?/, '').split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const equals = pair.indexOf('=');
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
    const value = decoded(equals < 0 ? '' : pair.slice(equals + 1));
    if (name === undefined || value === undefined) continue;
    query.set(name, [...(query.get(name) ?? []), value]);
  }
  return query;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** The first value of a name. */
export const readText = (query: Query, name: string): string | undefined => query.get(name)?.[0];

/** Every value of a name. */
export const readAll = (query: Query, name: string): readonly string[] => query.get(name) ?? [];

/** Absent, "0" and "false" are false, all else is true, nothing at all among it. */
export const readBool = (query: Query, name: string): boolean => readOptionalBool(query, name) ?? false;

/** The same where absence says something of its own. */
export function readOptionalBool(query: Query, name: string): boolean | undefined {
  const text = readText(query, name);
  return text === undefined ? undefined : text !== '0' && text.toLowerCase() !== 'false';
}

const INT64_LIMIT = 2n ** 63n;

/** A whole number, or 400 in strconv's words. */
export function readInteger(query: Query, name: string): number | undefined {
  const text = readText(query, name);
  if (text === undefined) return undefined;
  const quoted = JSON.stringify(text);
  if (!/^[-+]?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${quoted}: invalid syntax`);
  const value = BigInt(text.replace(/^\+/, ''));
  if (value >= INT64_LIMIT || value < -INT64_LIMIT)
    throw badRequest(`strconv.ParseInt: parsing ${quoted}: value out of range`);
  return Number(value);
}
