import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scene } from '../../_diagram/scene';

const DIAGRAMS = join(process.cwd(), 'chapters', 'diagrams');

/**
 * The scenes of a chapter's diagrams, by name. They are pictures of the chapter's own cluster: its test takes them anew each
 * time and compares (`lib/testing/chapters`, [CH7]), so what is read here has the shape that it was written in.
 */
export async function readDiagrams(slug: string): Promise<Readonly<Record<string, Scene>>> {
  return JSON.parse(await readFile(join(DIAGRAMS, `${slug}.json`), 'utf8'));
}
