import type { Machine } from '../seams';

/** What the C library says of a name that it did not get an address for: musl's words (Alpine), or glibc's. */
export function resolverError({ tools }: Pick<Machine, 'tools'>, error: string | undefined): string {
  const musl = tools !== 'all' && tools.includes('apk');
  if (error === 'no-server') return musl ? 'Try again' : 'Temporary failure in name resolution';
  return musl ? 'Name does not resolve' : 'Name or service not known';
}
