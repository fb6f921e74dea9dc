#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';
import { requireNode } from './require-node.mjs';

requireNode();

const root = fileURLToPath(new URL('../../..', import.meta.url));
if (!existsSync(join(root, 'node_modules/.package-lock.json'))) {
  console.error('The packages are not installed yet: run npm ci (or npm start) first.');
  process.exit(1);
}

const file = await bundle({ root, name: 'portside', entry: 'lib/server/portside/index.ts' });
const { main } = await import(pathToFileURL(file).href);
process.exitCode = await main(process.argv.slice(2));
