/** One entry of a file system: a file has `text`, a directory has none. */
export interface FileEntry {
  readonly text?: string;
  readonly mode: number;
  /** Virtual ms since the epoch. */
  readonly modifiedAt: number;
}

/** A whole file system as plain immutable data: absolute paths to entries; the root is implied. */
export interface FilesState {
  readonly entries: Readonly<Record<string, FileEntry>>;
  /** UTF-8 bytes held by all files. */
  readonly bytes: number;
}

/** The largest single file; a manifest or a log fits a thousand times over. */
export const MAX_FILE_BYTES = 1024 * 1024;
/** All files together: bounds what one workspace can make the server hold. */
export const MAX_TOTAL_BYTES = 8 * 1024 * 1024;
/** Entries together, because every write copies the table of entries. */
export const MAX_ENTRIES = 4096;

/** The rights that nobody else gets, unless it is asked otherwise. */
export const USUAL_UMASK = 0o022;

/** How many bytes `text` takes in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    // Each half of a surrogate pair stands for two of the pair's four bytes.
    bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
  }
  return bytes;
}

/** "/a/b" for "/a/b/c", "/" for "/a". */
export function parentOf(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut <= 0 ? '/' : path.slice(0, cut);
}

/** An empty file system with these directories and files in it. */
export function newFilesState(
  directories: readonly string[],
  files: Readonly<Record<string, string>>,
  now: number,
): FilesState {
  const entries: Record<string, FileEntry> = {};
  const addParents = (path: string) => {
    for (let at = parentOf(path); at !== '/'; at = parentOf(at))
      entries[at] ??= { mode: 0o755, modifiedAt: now };
  };
  for (const path of directories) {
    if (path === '/') continue;
    addParents(path);
    entries[path] = { mode: path === '/tmp' ? 0o1777 : 0o755, modifiedAt: now };
  }
  let bytes = 0;
  for (const [path, text] of Object.entries(files)) {
    addParents(path);
    entries[path] = { text, mode: 0o644, modifiedAt: now };
    bytes += utf8Length(text);
  }
  return { entries, bytes };
}
