import type { Json } from '../../../api';
import type { Memory } from '../plugin';
import { type Loaded, loadCorefile } from './load';

/** A CoreDNS process, as plain data. */
export interface CoreDnsState {
  /** 'waiting': the API server has not answered yet, and nothing is served; 'leaving': told to stop. */
  readonly phase: 'waiting' | 'serving' | 'leaving';
  readonly startedAt: number;
  /** Whether the cluster's objects have been read once. */
  readonly synced: boolean;
  /** When the API server is asked for again. */
  readonly syncAt?: number;
  /** What the running configuration was made from: its file's name, the files read for it, the variables it names. */
  readonly source: ConfigSource;
  /** The hash of the configuration last tried, and when the file is looked at again. */
  readonly tried: string;
  readonly reloadAt?: number;
  readonly reloadMs?: number;
  /** Reloads that failed. */
  readonly failedReloads: number;
  /** The name that the loop plugin asks for, and when. */
  readonly loop?: { readonly name: string; readonly at: number };
  /** What plugins remember; forgotten on reload. */
  readonly memory: Readonly<Record<string, Json>>;
  readonly counters: Readonly<Record<string, number>>;
}

/** All that loading a configuration depends on. */
export interface ConfigSource {
  readonly filename: string;
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

/** Loaded configurations by their source: a pure function's memory, the same for every cluster. */
const byIdentity = new WeakMap<ConfigSource, ReturnType<typeof loadCorefile>>();
const byText = new Map<string, ReturnType<typeof loadCorefile>>();
/** Configurations remembered before the memory is emptied. */
const MAX_CONFIGS = 100;

/** The configuration that a source gives. */
export function loadSource(source: ConfigSource): ReturnType<typeof loadCorefile> {
  const known = byIdentity.get(source);
  if (known !== undefined) return known;
  const key = JSON.stringify(source);
  const { filename, files, env } = source;
  const loaded =
    byText.get(key) ??
    loadCorefile(filename, files[filename] ?? '', {
      readFile: (path) => files[path],
      listFiles: (folder) =>
        Object.keys(files)
          .filter((path) => path.startsWith(folder) && !path.slice(folder.length).includes('/'))
          .map((path) => path.slice(folder.length)),
      env,
    });
  if (byText.size >= MAX_CONFIGS) byText.clear();
  byText.set(key, loaded);
  byIdentity.set(source, loaded);
  return loaded;
}

/** The configuration that a process runs. */
export function loadedOf(state: CoreDnsState): Loaded {
  const loaded = loadSource(state.source);
  // What runs was loaded before, from the very same source.
  if ('error' in loaded) throw new Error(`a configuration that ran cannot be loaded: ${loaded.error}`);
  return loaded;
}

/** A memory that starts from what is known; what is written is in `contents`. */
export function openMemory(start: Readonly<Record<string, Json>>): Memory & {
  readonly contents: Readonly<Record<string, Json>>;
} {
  let contents = start;
  return {
    get: (key) => contents[key],
    set(key, value) {
      if (contents[key] !== value) contents = { ...contents, [key]: value };
    },
    get contents() {
      return contents;
    },
  };
}
