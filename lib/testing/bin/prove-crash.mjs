#!/usr/bin/env node
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from '../../server/bin/bundle.mjs';
import { requireNode } from '../../server/bin/require-node.mjs';
import { readNumbers } from './read-numbers.mjs';

requireNode();

const { kills, seed } = readNumbers('prove:crash', { kills: 100, seed: 1 });
const root = fileURLToPath(new URL('../../..', import.meta.url));
process.chdir(root);
const child = await bundle({ root, name: 'crash-child', entry: 'lib/server/crash/crash-child.ts' });
const file = await bundle({ root, name: 'prove-crash', entry: 'lib/server/crash/prove-crash.ts' });
const { proveCrash } = await import(pathToFileURL(file).href);
const began = performance.now();
const result = await proveCrash({
  seed,
  kills,
  child,
  say: (line) => console.log(`  ${line}`),
});
const { broken, ...figures } = result;
console.log(JSON.stringify({ ...figures, seconds: Math.round((performance.now() - began) / 1000) }));
for (const line of broken) console.error(line);
console.log(broken.length === 0 ? 'Nothing was lost.' : `${broken.length} promises were broken.`);
process.exit(broken.length === 0 ? 0 : 1);
