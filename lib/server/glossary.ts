import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const GLOSSARY = join(process.cwd(), 'chapters', 'glossary.yaml');

const terms = z.array(
  z.strictObject({
    term: z.string().min(1),
    /** Markdown, one or two sentences. */
    means: z.string().min(1),
    /** The chapter that tells more. */
    chapter: z.string().optional(),
  }),
);

/** A word that the course uses in one sense only. */
export interface Term {
  /** Anchor on the glossary's page: "ready endpoint" is `#ready-endpoint`. */
  readonly id: string;
  readonly term: string;
  readonly means: string;
  readonly chapter?: string | undefined;
}

/** Every term, by name. */
export async function readGlossary(file = GLOSSARY): Promise<readonly Term[]> {
  return terms
    .parse(parse(await readFile(file, 'utf8')))
    .map((term) => ({ ...term, id: term.term.toLowerCase().replace(/[^a-z0-9]+/g, '-') }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
