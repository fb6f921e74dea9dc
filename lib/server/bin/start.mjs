#!/usr/bin/env node
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';
import { installPackages, packagesAreCurrent } from './packages.mjs';
import { requireNode } from './require-node.mjs';

requireNode();

const root = fileURLToPath(new URL('../../..', import.meta.url));
process.chdir(root);
process.env.NEXT_TELEMETRY_DISABLED = '1';

const unknown = process.argv.slice(2).find((flag) => flag !== '--dev');
if (unknown !== undefined) {
  console.error(`unknown option ${unknown}: npm start takes none, npm run dev adds --dev.`);
  process.exit(1);
}
const dev = process.argv.includes('--dev');
process.env.NODE_ENV = dev ? 'development' : 'production';

if (!packagesAreCurrent(root)) {
  const startedAt = performance.now();
  console.log('  Installing packages, which takes a minute or two the first time …');
  const failure = installPackages(root);
  if (failure !== undefined) {
    console.error(failure);
    process.exit(1);
  }
  console.log(`✓ Packages installed (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
}

const file = await bundle({ root, name: 'server', entry: 'lib/server/main.ts' });
process.setSourceMapsEnabled(true);
const { main } = await import(pathToFileURL(join(file)).href);
await main({ root, dev });
