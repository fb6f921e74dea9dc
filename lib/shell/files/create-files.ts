import { byText, FileError, type FileErrorCode, type FileInfo, type Files } from '../../base';
import {
  type FileEntry,
  type FilesState,
  MAX_ENTRIES,
  MAX_FILE_BYTES,
  MAX_TOTAL_BYTES,
  parentOf,
  USUAL_UMASK,
  utf8Length,
} from './files-state';

/** A change to a file system: the file's new text, or undefined for a removed file. Directories are not told of. */
export type FileChange = (path: string, text: string | undefined) => void;

/** A `Files` over plain data; `state` may be kept as a snapshot or given to a fork at no cost. */
export interface MemoryFiles extends Files {
  readonly state: FilesState;
  /** Puts another state in place (undo, reset); tells nobody. */
  restore(state: FilesState): void;
}

/** A writable file system that starts from `state`. */
export function createFiles(state: FilesState, now: () => number, onChange?: FileChange): MemoryFiles {
  let current = state;
  let umask = USUAL_UMASK;
  const fail = (code: FileErrorCode, path: string): never => {
    throw new FileError(code, path);
  };
  const entry = (path: string): FileEntry | undefined =>
    path === '/' ? { mode: 0o755, modifiedAt: 0 } : current.entries[path];
  const isDirectory = (found: FileEntry | undefined) => found !== undefined && found.text === undefined;
  const needParent = (path: string) => {
    const parent = entry(parentOf(path));
    if (parent === undefined) fail('ENOENT', path);
    if (!isDirectory(parent)) fail('ENOTDIR', path);
  };
  const missing = (path: string): FileErrorCode => {
    for (let at = parentOf(path); at !== '/'; at = parentOf(at)) {
      if (current.entries[at]?.text !== undefined) return 'ENOTDIR';
    }
    return 'ENOENT';
  };
  const need = (path: string): FileEntry => entry(path) ?? fail(missing(path), path);
  const put = (path: string, next: FileEntry) => {
    const before = current.entries[path];
    if (before === undefined && Object.keys(current.entries).length >= MAX_ENTRIES) fail('ENOSPC', path);
    const size = next.text === undefined ? 0 : utf8Length(next.text);
    const bytes = current.bytes - (before?.text === undefined ? 0 : utf8Length(before.text)) + size;
    if (size > MAX_FILE_BYTES) fail('EFBIG', path);
    if (bytes > MAX_TOTAL_BYTES) fail('ENOSPC', path);
    current = { entries: { ...current.entries, [path]: next }, bytes };
  };
  const write = (path: string, text: string) => {
    const before = entry(path);
    if (isDirectory(before)) fail('EISDIR', path);
    if (before === undefined) needParent(path);
    if (before !== undefined && (before.mode & 0o200) === 0) fail('EACCES', path);
    put(path, { text, mode: before?.mode ?? 0o666 & ~umask, modifiedAt: now() });
    onChange?.(path, text);
  };
  const under = (path: string) => {
    const prefix = path === '/' ? '/' : `${path}/`;
    return Object.keys(current.entries).filter((name) => name.startsWith(prefix));
  };
  return {
    get state() {
      return current;
    },
    get umask() {
      return umask;
    },
    set umask(next) {
      umask = next;
    },
    restore(next) {
      current = next;
    },
    stat(path): FileInfo | undefined {
      const found = entry(path);
      if (found === undefined) return undefined;
      const { text, mode, modifiedAt } = found;
      return text === undefined
        ? { kind: 'directory', size: 4096, mode, modifiedAt }
        : { kind: 'file', size: utf8Length(text), mode, modifiedAt };
    },
    read(path) {
      const found = need(path);
      if ((found.mode & 0o400) === 0) fail('EACCES', path);
      return found.text ?? fail('EISDIR', path);
    },
    write,
    append(path, text) {
      write(path, (entry(path)?.text ?? '') + text);
    },
    list(path) {
      if (!isDirectory(need(path))) fail('ENOTDIR', path);
      const start = path === '/' ? 1 : path.length + 1;
      const names = under(path).map((name) => name.slice(start));
      return names.filter((name) => !name.includes('/')).sort(byText);
    },
    mkdir(path) {
      if (entry(path) !== undefined) fail('EEXIST', path);
      needParent(path);
      put(path, { mode: 0o777 & ~umask, modifiedAt: now() });
    },
    remove(path) {
      const found = need(path);
      if (found.text === undefined && under(path).length > 0) fail('ENOTEMPTY', path);
      const { [path]: gone, ...entries } = current.entries;
      current = { entries, bytes: current.bytes - utf8Length(gone?.text ?? '') };
      if (gone?.text !== undefined) onChange?.(path, undefined);
    },
    rename(from, to) {
      const found = need(from);
      if (from === to) return;
      needParent(to);
      const target = entry(to);
      if (isDirectory(target) && found.text !== undefined) fail('EISDIR', to);
      if (target !== undefined && found.text === undefined)
        fail(isDirectory(target) ? 'ENOTEMPTY' : 'ENOTDIR', to);
      const moved: Record<string, FileEntry> = {};
      const changes: [string, string | undefined][] = [];
      for (const [path, value] of Object.entries(current.entries)) {
        if (path === to) continue;
        const inside = path === from || path.startsWith(`${from}/`);
        const next = inside ? to + path.slice(from.length) : path;
        moved[next] = value;
        if (inside && value.text !== undefined) changes.push([path, undefined], [next, value.text]);
      }
      current = { entries: moved, bytes: current.bytes - utf8Length(target?.text ?? '') };
      for (const [path, text] of changes) onChange?.(path, text);
    },
    chmod(path, mode) {
      const found = need(path);
      current = { ...current, entries: { ...current.entries, [path]: { ...found, mode } } };
    },
  };
}
