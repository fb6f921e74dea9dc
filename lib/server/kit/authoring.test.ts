import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../project-root';
import { prove } from './prove';

/** The files that a page prints: fences whose first line says `file=PATH`. */
function filesOf(page: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const [, , path = '', text = ''] of page.matchAll(/^(`{3,4})[a-z]+ file=(\S+)\n([\s\S]*?)\n\1$/gm))
    files.set(path, `${text}\n`);
  return files;
}

describe('docs/authoring.md', () => {
  it('[K1] [K7] [K8] prints a lab that passes every gate', { timeout: 300_000 }, async () => {
    const page = readFileSync(join(projectRoot(), 'docs/authoring.md'), 'utf8');
    const files = filesOf(page);
    expect([...files.keys()]).toContain('lab.yaml');
    const source = { track: 'services', slug: 'front-door', files };
    const proof = await prove(source, { seeds: 2, mutants: true, pages: new Set() });
    expect(proof.failures).toEqual([]);
    expect(proof.mutation?.killed.length).toBeGreaterThan(10);
    // Six cheats for its one Service, save the one that needs a name written down; and each solution in other words.
    expect(proof.mutation?.cheats.length).toBe(5);
    expect(proof.equivalents?.passed).toContain('commands: objects by manifest');
    expect(proof.equivalents?.passed).toContain('manifest: other order');
  });
});
