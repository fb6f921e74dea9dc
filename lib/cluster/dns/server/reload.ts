import { deepEqual } from '../../../base';
import type { ProcessEnv } from '../../seams';
import { CorefileError } from '../corefile/dispenser';
import { ownChance } from '../text-hash';
import { nextLoop } from './find-loop';
import { hashCorefile, type Loaded } from './load';
import { readSource } from './read-source';
import { type ConfigSource, type CoreDnsState, loadSource } from './state';

/** When the reload plugin looks at the Corefile next: its interval, off by up to half of its jitter. */
export function nextReload(
  { blocks }: Loaded,
  env: ProcessEnv,
): { readonly reloadAt: number; readonly reloadMs: number } | Record<never, never> {
  const reload = blocks.map(({ settings }) => settings.reload).findLast((each) => each !== undefined);
  if (reload === undefined) return {};
  const reloadMs = Math.round(reload.intervalMs + (ownChance(env).next() - 0.5) * reload.jitterMs);
  return { reloadAt: env.now + reloadMs, reloadMs };
}

/** What one look of the reload plugin changes. */
interface Look {
  readonly state: CoreDnsState;
  readonly log: readonly string[];
}

/** Looks whether the Corefile has changed; a configuration that cannot be loaded leaves the old one running. */
export function lookForChange(state: CoreDnsState, env: ProcessEnv): Look {
  const later = { ...state, reloadAt: env.now + (state.reloadMs ?? 0) };
  const source = readSource(env);
  if ('error' in source) return { state: later, log: [] };
  // Nearly every look finds what runs, which costs no parsing to see.
  const running = loadSource(state.source);
  if (!('error' in running) && running.hash === state.tried && deepEqual(source, state.source))
    return { state: later, log: [] };
  const hash = hashOf(source);
  if (hash instanceof CorefileError)
    return { state: later, log: [`[WARNING] plugin/reload: Corefile parse failed: ${hash.message}`] };
  if (hash === state.tried) return { state: later, log: [] };
  return restart({ ...later, tried: hash }, source, env);
}

function hashOf({ filename, files, env }: ConfigSource): string | CorefileError {
  const readFile = (path: string) => files[path];
  const listFiles = (folder: string) =>
    Object.keys(files)
      .filter((path) => path.startsWith(folder))
      .map((path) => path.slice(folder.length));
  try {
    return hashCorefile(filename, files[filename] ?? '', { readFile, listFiles, env });
  } catch (error) {
    if (error instanceof CorefileError) return error;
    throw error;
  }
}

function restart(state: CoreDnsState, source: ConfigSource, env: ProcessEnv): Look {
  const loaded = loadSource(source);
  const begin = ['[INFO] Reloading', ...loaded.warnings];
  if ('error' in loaded) {
    const log = [
      ...begin,
      `[ERROR] Restart failed: ${loaded.error}`,
      `[ERROR] plugin/reload: Corefile changed but reload failed: starting with listener file descriptors: ${loaded.error}`,
    ];
    return { state: { ...state, failedReloads: state.failedReloads + 1 }, log };
  }
  const { reloadAt: _, reloadMs: __, loop: ___, ...rest } = state;
  const reloading = nextReload(loaded, env);
  const hash = `[INFO] plugin/reload: Running configuration SHA512 = ${loaded.hash}`;
  const log = [...begin, ...('reloadAt' in reloading ? [hash] : []), '[INFO] Reloading complete'];
  // A new configuration begins with empty caches, and looks for loops of its own.
  const next = { ...rest, ...reloading, ...nextLoop(loaded, env), source, memory: {} };
  return { state: next, log };
}
