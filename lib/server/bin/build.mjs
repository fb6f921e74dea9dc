#!/usr/bin/env node
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';
import { requireNode } from './require-node.mjs';

requireNode();

const root = fileURLToPath(new URL('../../..', import.meta.url));
process.chdir(root);
const file = await bundle({ root, name: 'build', entry: 'lib/server/web/build.ts' });
const { buildPages, pagesAreBuilt } = await import(pathToFileURL(file).href);
await bundle({ root, name: 'server', entry: 'lib/server/main.ts' });
if (pagesAreBuilt(root)) {
  console.log('The pages are built from the sources as they are.');
} else {
  try {
    await buildPages(root);
    console.log('The pages are built.');
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
