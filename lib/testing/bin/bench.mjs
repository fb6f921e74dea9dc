#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { requireNode } from '../../server/bin/require-node.mjs';

requireNode();

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(root, 'lib/testing/bench');
if (!existsSync(join(root, 'node_modules'))) {
  console.error('The packages are not installed yet: run npm ci first.');
  process.exit(1);
}
const names = existsSync(folder)
  ? readdirSync(folder).filter((name) => /^(?!.*\.test\.ts$).*\.ts$/.test(name))
  : [];
const wanted = process.argv.slice(2);
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

let status = 0;
for (const name of names.sort()) {
  if (wanted.length > 0 && !wanted.includes(name.replace(/\.ts$/, ''))) continue;
  // Each in its own process, where heap can be measured.
  const args = ['--expose-gc', '--import', tsx, join(folder, name)];
  const ran = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (ran.status !== 0) status = 1;
}
process.exit(status);
