import { byText, FileError, type FileErrorCode, type FileInfo, type Files } from '../../base';
import { MAX_FILE_BYTES, MAX_TOTAL_BYTES, parentOf, utf8Length } from './files-state';

/** What a container's processes have changed: a path's text, null for a removed path, a path with a final "/" for a made directory. */
export type WrittenFiles = Readonly<Record<string, string | null>>;

/** What a container's file system is laid together from. */
export interface ContainerLayers {
  /** Files of the image and those the kubelet writes (/etc/hosts, /etc/resolv.conf …). */
  readonly image: () => Readonly<Record<string, string>>;
  /** Volumes by mount path; their paths are relative ("tls.crt", "dir/"), a single file's is "". Read-only ones answer EROFS. */
  readonly mounts?:
    | (() => readonly {
        readonly path: string;
        readonly readOnly: boolean;
        readonly files: Readonly<Record<string, string>>;
      }[])
    | undefined;
  readonly written: () => WrittenFiles;
  /** Keeps what was written. */
  readonly keep: (written: WrittenFiles) => void;
  readonly now: () => number;
}

/** Directories that every image has. */
const ALWAYS = [
  '/bin',
  '/dev',
  '/etc',
  '/home',
  '/proc',
  '/root',
  '/tmp',
  '/usr',
  '/usr/bin',
  '/var',
  '/var/log',
];

/** A container's file system: the image below, volumes over it, and what was written on top. */
export function createContainerFiles(layers: ContainerLayers): Files {
  const fail = (code: FileErrorCode, path: string): never => {
    throw new FileError(code, path);
  };
  const gather = (): ReadonlyMap<string, string | null> => {
    const all = new Map<string, string | null>();
    const add = (path: string, text: string | null) => {
      for (let at = parentOf(path); at !== '/'; at = parentOf(at)) if (!all.has(at)) all.set(at, null);
      all.set(path, text);
    };
    for (const path of ALWAYS) add(path, null);
    for (const [path, text] of Object.entries(layers.image())) add(path, text);
    for (const mount of layers.mounts?.() ?? []) {
      // A single file hides one file only, and has no name of its own.
      const single = mount.files[''];
      if (single !== undefined) {
        add(mount.path, single);
        continue;
      }
      for (const path of [...all.keys()]) if (path.startsWith(`${mount.path}/`)) all.delete(path);
      add(mount.path, null);
      for (const [name, text] of Object.entries(mount.files)) {
        if (name.endsWith('/')) add(`${mount.path}/${name.slice(0, -1)}`, null);
        else add(`${mount.path}/${name}`, text);
      }
    }
    for (const [path, text] of Object.entries(layers.written())) {
      if (text === null) all.delete(path);
      else if (path.endsWith('/')) add(path.slice(0, -1), null);
      else add(path, text);
    }
    all.set('/', null);
    return all;
  };
  const change = (changes: WrittenFiles) => {
    const next: Record<string, string | null> = { ...layers.written(), ...changes };
    let bytes = 0;
    for (const text of Object.values(next)) bytes += text === null ? 0 : utf8Length(text);
    if (bytes > MAX_TOTAL_BYTES) fail('ENOSPC', Object.keys(changes)[0] ?? '/');
    layers.keep(next);
  };
  const mayWrite = (path: string) => {
    for (const mount of layers.mounts?.() ?? []) {
      if (mount.readOnly && (path === mount.path || path.startsWith(`${mount.path}/`))) fail('EROFS', path);
    }
    if (/^\/(proc|sys)(\/|$)/.test(path)) fail('EROFS', path);
  };
  const needParent = (all: ReadonlyMap<string, string | null>, path: string) => {
    const parent = all.get(parentOf(path));
    if (parent === undefined) fail('ENOENT', path);
    if (parent !== null) fail('ENOTDIR', path);
  };
  const write = (path: string, text: string) => {
    const all = gather();
    if (all.get(path) === null) fail('EISDIR', path);
    needParent(all, path);
    mayWrite(path);
    if (utf8Length(text) > MAX_FILE_BYTES) fail('EFBIG', path);
    change({ [path]: text });
  };
  const read = (path: string): string => {
    const text = gather().get(path);
    return text === undefined ? fail('ENOENT', path) : (text ?? fail('EISDIR', path));
  };
  return {
    stat(path): FileInfo | undefined {
      const text = gather().get(path);
      if (text === undefined) return undefined;
      const modifiedAt = layers.now();
      return text === null
        ? { kind: 'directory', size: 4096, mode: 0o755, modifiedAt }
        : { kind: 'file', size: utf8Length(text), mode: 0o644, modifiedAt };
    },
    read,
    write,
    append(path, text) {
      write(path, (gather().get(path) ?? '') + text);
    },
    list(path) {
      const all = gather();
      const found = all.get(path);
      if (found === undefined) fail('ENOENT', path);
      if (found !== null) fail('ENOTDIR', path);
      return [...all.keys()]
        .filter((name) => name !== '/' && parentOf(name) === path)
        .map((name) => name.slice(name.lastIndexOf('/') + 1))
        .sort(byText);
    },
    mkdir(path) {
      const all = gather();
      if (all.has(path)) fail('EEXIST', path);
      needParent(all, path);
      mayWrite(path);
      change({ [`${path}/`]: '' });
    },
    remove(path) {
      const all = gather();
      const found = all.get(path);
      if (found === undefined) fail('ENOENT', path);
      mayWrite(path);
      if (found === null && [...all.keys()].some((name) => name.startsWith(`${path}/`)))
        fail('ENOTEMPTY', path);
      const { [`${path}/`]: _made, ...rest } = layers.written();
      layers.keep({ ...rest, [path]: null });
    },
    rename(from, to) {
      const text = read(from);
      write(to, text);
      mayWrite(from);
      change({ [from]: null });
    },
    chmod(path) {
      if (!gather().has(path)) fail('ENOENT', path);
    },
  };
}
