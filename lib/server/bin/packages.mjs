import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** npm's own record of what it installed; its presence means that an install went through. */
const INSTALLED = 'node_modules/.package-lock.json';

/** Whether node_modules holds what package-lock.json asks for. */
export function packagesAreCurrent(root) {
  if (!existsSync(join(root, INSTALLED))) return false;
  const stamp = join(root, '.cache/packages');
  if (!existsSync(stamp)) return installedMatchesLock(root);
  return readFileSync(stamp, 'utf8') === lockHash(root) || installedMatchesLock(root);
}

/** Installs what package-lock.json asks for; returns a sentence when that failed. */
export function installPackages(root) {
  const npm = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: { ...process.env, NODE_ENV: 'development' },
  });
  if (npm.error) return `npm could not be run (${npm.error.message}).`;
  if (npm.status !== 0) return `npm ci failed:\n${firstLines(npm.stderr || npm.stdout)}`;
  rememberPackages(root);
  return undefined;
}

/** npm ends its complaints with pages of its manual. */
function firstLines(text) {
  const lines = text.split('\n').filter((line) => !/^npm (warn|error)\s*$/.test(line));
  return lines.slice(0, 12).join('\n');
}

function rememberPackages(root) {
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(join(root, '.cache/packages'), lockHash(root));
}

function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** Somebody may have installed by hand: compare versions, so that nothing is installed twice. */
function installedMatchesLock(root) {
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(readFileSync(join(root, INSTALLED), 'utf8')).packages;
  const same = Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || found[path]?.version === entry.version,
  );
  if (same) rememberPackages(root);
  return same;
}
