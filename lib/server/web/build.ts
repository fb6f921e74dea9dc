import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../app-error';
import { inTurn } from './build-turn';

/** What pages are made from. */
const SOURCES = ['app', 'chapters', 'lib', 'public', 'next.config.js', 'package-lock.json', 'tsconfig.json'];
/** Where the hash of the sources of the last good build is kept. */
const RECORD = '.cache/pages';

/** Whether `.next` was built from the sources as they are. */
export function pagesAreBuilt(root: string): boolean {
  const record = join(root, RECORD);
  if (!existsSync(record) || !existsSync(join(root, '.next/BUILD_ID'))) return false;
  return readFileSync(record, 'utf8') === hashSources(root);
}

/** Whose turn it is to build. */
const TURN = '.cache/pages.lock';

/** Builds the pages with `next build`; where another process is about to, waits for what that one builds. */
export async function buildPages(root: string): Promise<void> {
  await inTurn(
    join(root, TURN),
    () => pagesAreBuilt(root),
    () => build(root),
  );
}

async function build(root: string): Promise<void> {
  const hash = hashSources(root);
  const output: string[] = [];
  const child = spawn(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  child.stdout.on('data', (data: Buffer) => output.push(data.toString()));
  child.stderr.on('data', (data: Buffer) => output.push(data.toString()));
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (status !== 0) throw new StartError(`The pages could not be built:\n${output.join('').trim()}`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(join(root, RECORD), hash);
}

function hashSources(root: string): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const path of filesOf(root, source)) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

function filesOf(root: string, source: string): readonly string[] {
  if (!existsSync(join(root, source))) return [];
  if (/\.[a-z]+$/.test(source)) return [source];
  return readdirSync(join(root, source), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}
