#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../server/bin/bundle.mjs';
import { requireNode } from '../../server/bin/require-node.mjs';

requireNode();

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(root, 'lib/testing/bench');
if (!existsSync(join(root, 'node_modules'))) {
  console.error('The packages are not installed yet: run npm ci first.');
  process.exit(1);
}
const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^[\w-]+\.ts$/.test(name)) : [];
const wanted = process.argv.slice(2);

let status = 0;
for (const name of names.sort()) {
  if (wanted.length > 0 && !wanted.includes(name.replace(/\.ts$/, ''))) continue;
  // Bundled as the server is: a transpiler at run time names every closure anew, and that alone doubles the figures.
  const entry = `lib/testing/bench/${name}`;
  const file = await bundle({ root, name: `bench-${name.replace(/\.ts$/, '')}`, entry });
  // Each in its own process, where heap can be measured.
  const args = ['--expose-gc', file];
  const ran = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (ran.status !== 0) status = 1;
}
process.exit(status);
