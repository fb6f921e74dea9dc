import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readTranscript, writeTranscript } from './read-transcript';
import { typeTranscript } from './type-transcript';

const folder = fileURLToPath(new URL('.', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.txtar'));

describe('[T3] what is typed shows what it always showed', () => {
  it.each(names)('%s', async (name) => {
    const text = readFileSync(folder + name, 'utf8');
    const seen = writeTranscript(await typeTranscript(readTranscript(text)));
    if (process.env.UPDATE === '1') writeFileSync(folder + name, seen);
    else expect(seen).toBe(text);
  });
});
