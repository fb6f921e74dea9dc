import type { FileChanges } from '../../../api';

/** Directories that every image has. */
const ALWAYS =
  '/ /bin /dev /etc /home /lib /mnt /opt /proc /root /run /sbin /srv /sys /tmp /usr /usr/bin /usr/local /usr/local/bin /usr/share /var /var/lib /var/log /var/run'.split(
    ' ',
  );

/** The largest file that a script may write. */
const MAX_FILE = 1024 * 1024;

/** The files below: as the container has them before a script's own changes. */
export interface FilesBelow {
  readFile(path: string): string | undefined;
  listFiles(directory: string): readonly string[];
  readOnly(path: string): boolean;
}

/** Why a file could not be changed, in the C library's words. */
export type FileFailure =
  | 'No such file or directory'
  | 'Is a directory'
  | 'Read-only file system'
  | 'File exists'
  | 'No space left on device';

/** A container's files with what one turn of a script changes in them. */
export class ScriptFiles {
  readonly #below: FilesBelow;
  readonly #changed: Record<string, string | null> = {};

  constructor(below: FilesBelow) {
    this.#below = below;
  }

  /** All that was changed. */
  get changes(): FileChanges {
    return this.#changed;
  }

  read(path: string): string | undefined {
    if (path === '/dev/null') return '';
    const changed = this.#changed[path];
    return changed === undefined ? this.#below.readFile(path) : (changed ?? undefined);
  }

  /** Paths of everything under a directory; those of directories end with "/". */
  under(directory: string): readonly string[] {
    const prefix = directory === '/' ? '/' : `${directory}/`;
    const paths = new Set(this.#below.listFiles(directory));
    for (const [path, text] of Object.entries(this.#changed)) {
      if (!path.startsWith(prefix)) continue;
      if (text === null) {
        paths.delete(path);
        paths.delete(`${path}/`);
      } else paths.add(path);
    }
    return [...paths].filter((path) => path !== prefix).sort();
  }

  isDirectory(path: string): boolean {
    if (ALWAYS.includes(path)) return true;
    const made = this.#changed[`${path}/`];
    if (made !== undefined) return made !== null;
    return this.#changed[path] === undefined && this.#below.listFiles(path).length > 0;
  }

  /** Names in a directory, directories too. */
  names(directory: string): readonly string[] {
    const prefix = directory === '/' ? '/' : `${directory}/`;
    const found = this.under(directory).map((path) => path.slice(prefix.length).split('/')[0] ?? '');
    const always = ALWAYS.filter((path) => path.startsWith(prefix) && path !== '/').map(
      (path) => path.slice(prefix.length).split('/')[0] ?? '',
    );
    return [...new Set([...found, ...always])].filter((name) => name !== '').sort();
  }

  exists(path: string): boolean {
    return this.read(path) !== undefined || this.isDirectory(path);
  }

  write(path: string, text: string): FileFailure | undefined {
    if (path === '/dev/null') return undefined;
    if (this.isDirectory(path)) return 'Is a directory';
    const failure = this.#mayChange(path);
    if (failure !== undefined) return failure;
    if (text.length > MAX_FILE) return 'No space left on device';
    this.#changed[path] = text;
    return undefined;
  }

  append(path: string, text: string): FileFailure | undefined {
    return this.write(path, (this.read(path) ?? '') + text);
  }

  makeDirectory(path: string): FileFailure | undefined {
    if (this.exists(path)) return 'File exists';
    const failure = this.#mayChange(path);
    if (failure === undefined) this.#changed[`${path}/`] = '';
    return failure;
  }

  /** Removes a file, or a directory with all that is in it. */
  remove(path: string): FileFailure | undefined {
    if (!this.exists(path)) return 'No such file or directory';
    if (this.#below.readOnly(path)) return 'Read-only file system';
    for (const inner of this.under(path)) this.#changed[inner.replace(/\/$/, '')] = null;
    this.#changed[path] = null;
    if (this.#changed[`${path}/`] !== undefined) this.#changed[`${path}/`] = null;
    return undefined;
  }

  #mayChange(path: string): FileFailure | undefined {
    if (this.#below.readOnly(path)) return 'Read-only file system';
    const parent = path.slice(0, path.lastIndexOf('/')) || '/';
    return this.isDirectory(parent) || parent.startsWith('/dev') ? undefined : 'No such file or directory';
  }
}

/** `typed` as an absolute path without ".", ".." or doubled slashes. */
export function absolute(cwd: string, typed: string): string {
  const parts: string[] = [];
  for (const part of (typed.startsWith('/') ? typed : `${cwd}/${typed}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
