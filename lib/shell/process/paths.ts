/** `typed` as an absolute path without ".", ".." or doubled slashes. */
export function resolvePath(cwd: string, typed: string): string {
  const parts: string[] = [];
  for (const part of (typed.startsWith('/') ? typed : `${cwd}/${typed}`).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The last part of a path, as basename(1) cuts it. */
export function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? (path === '' ? '' : '/') : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** Directories on PATH, as all our machines have them. */
export const BIN_DIRECTORIES: readonly string[] = [
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
];

/** The tool that an absolute path such as /bin/sh means; undefined for paths outside PATH. */
export function toolOfPath(path: string): string | undefined {
  const cut = path.lastIndexOf('/');
  return BIN_DIRECTORIES.includes(path.slice(0, cut)) ? path.slice(cut + 1) : undefined;
}
