import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MANIFEST = join(__dirname, '../../package.json');

/** What `npm start` gives Node: flags, and the file. */
export const START_COMMAND: readonly string[] = (
  JSON.parse(readFileSync(MANIFEST, 'utf8')) as { readonly scripts: { readonly start: string } }
).scripts.start
  .split(' ')
  .slice(1);
