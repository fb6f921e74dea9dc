import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readPage } from '../chapters/read-page';
import { typePage } from '../chapters/type-page';

const folder = fileURLToPath(new URL('.', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
/** Every object that the guide prints. */
const PRINTED = 31;

/** Virtual minutes take seconds on a busy machine. */
const PAGE_TIMEOUT_MS = 120_000;

describe('the guide’s manifests, as it prints them', { timeout: PAGE_TIMEOUT_MS }, () => {
  it.each(names)('[GU1] %s behaves as said', async (name) => {
    const text = readFileSync(folder + name, 'utf8');
    const { differences, markdown } = await typePage(text, readPage(text));
    if (process.env.UPDATE === '1') writeFileSync(folder + name, markdown);
    else expect(differences).toEqual([]);
  });

  it('[GU2] all of them are here', () => {
    const manifests = names.flatMap((name) =>
      readPage(readFileSync(folder + name, 'utf8')).filter(
        (block) => block.kind === 'manifest' || (block.kind === 'file' && block.name.endsWith('.yaml')),
      ),
    );
    const objects = manifests.flatMap((block) => ('text' in block ? parseAllDocuments(block.text) : []));
    expect(objects).toHaveLength(PRINTED);
  });
});
