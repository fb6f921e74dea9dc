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
const names = readdirSync(folder)
  .map((file) => /^([\w-]+)\.ts$/.exec(file)?.[1])
  .filter((name) => name !== undefined)
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !names.includes(name));
if (unknown !== undefined) {
  console.error(`there is no bench "${unknown}"; there are: ${names.join(', ')}.`);
  process.exit(1);
}

let status = 0;
for (const name of wanted.length > 0 ? wanted : names) {
  // Bundled as the server is: a transpiler at run time names every closure anew, and that alone doubles the figures.
  const entry = `lib/testing/bench/${name}.ts`;
  const file = await bundle({ root, name: `bench-${name}`, entry });
  // Each in its own process, where heap can be measured.
  const args = ['--expose-gc', file];
  const ran = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (ran.status !== 0) status = 1;
}
process.exit(status);
