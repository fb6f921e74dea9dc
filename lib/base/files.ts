/** What `stat` tells of a path. */
export interface FileInfo {
  readonly kind: 'file' | 'directory';
  /** Bytes of UTF-8. */
  readonly size: number;
  /** Permission bits, e.g. 0o644. */
  readonly mode: number;
  /** Virtual milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** Why a file operation failed, as errno names it. */
export type FileErrorCode =
  | 'ENOENT'
  | 'EEXIST'
  | 'ENOTDIR'
  | 'EISDIR'
  | 'EACCES'
  | 'ENOTEMPTY'
  | 'EROFS'
  | 'EFBIG'
  | 'ENOSPC';

/** A failed file operation; `message` is the C library's text ("No such file or directory"). */
export class FileError extends Error {
  override name = 'FileError';
  readonly code: FileErrorCode;
  readonly path: string;
  constructor(code: FileErrorCode, path: string) {
    super(FILE_ERROR_TEXT[code]);
    this.code = code;
    this.path = path;
  }
}

/** strerror(3) for the codes we use. */
export const FILE_ERROR_TEXT: Readonly<Record<FileErrorCode, string>> = {
  ENOENT: 'No such file or directory',
  EEXIST: 'File exists',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EACCES: 'Permission denied',
  ENOTEMPTY: 'Directory not empty',
  EROFS: 'Read-only file system',
  EFBIG: 'File too large',
  ENOSPC: 'No space left on device',
};

/** A file system of text files. Paths are absolute and normalised ("/root/web.yaml"); failures throw `FileError`. */
export interface Files {
  /** The rights that new entries do not get, where they may be withheld. */
  umask?: number;
  stat(path: string): FileInfo | undefined;
  read(path: string): string;
  /** Creates or replaces; the parent directory must exist. */
  write(path: string, text: string): void;
  append(path: string, text: string): void;
  /** Names in a directory, sorted by code point. */
  list(path: string): readonly string[];
  mkdir(path: string): void;
  /** Removes a file or an empty directory. */
  remove(path: string): void;
  rename(from: string, to: string): void;
  chmod(path: string, mode: number): void;
}
