/** A query parameter as Go's conversion reads a bool: absent, "0" and "false" are false, all else is true. */
export function readBool(query: URLSearchParams, name: string): boolean {
  const text = query.get(name);
  return text !== null && text !== '0' && text.toLowerCase() !== 'false';
}
