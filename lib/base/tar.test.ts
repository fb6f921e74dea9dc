import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packTar, type TarEntry, unpackTar } from './tar';

const file = (name: string, text: string): TarEntry => ({
  name,
  kind: 'file',
  mode: 0o644,
  modifiedAt: 1_700_000_000_000,
  text,
});
const ENTRIES: readonly TarEntry[] = [
  { name: 'site', kind: 'directory', mode: 0o755, modifiedAt: 1_700_000_000_000, text: '' },
  file('site/index.html', '<h1>Grüße</h1>\n'),
  file('site/empty', ''),
  file(`site/${'long-'.repeat(30)}name`, 'x'.repeat(1500)),
];

describe('archives', () => {
  it('come back as they were packed', () => {
    expect(unpackTar(packTar(ENTRIES))).toEqual(ENTRIES);
  });

  it('are what the system’s tar reads and writes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'portside-tar-'));
    try {
      writeFileSync(join(folder, 'ours.tar'), packTar(ENTRIES));
      const run = (...args: readonly string[]) =>
        execFileSync('tar', args, { cwd: folder, encoding: 'utf8' });
      expect(run('tf', 'ours.tar').trim().split('\n')).toEqual([
        'site/',
        ...ENTRIES.slice(1).map(({ name }) => name),
      ]);
      run('xf', 'ours.tar');
      expect(readFileSync(join(folder, 'site/index.html'), 'utf8')).toBe('<h1>Grüße</h1>\n');
      run('cf', 'theirs.tar', '--format=gnu', 'site');
      const back = unpackTar(readFileSync(join(folder, 'theirs.tar'), 'utf8')) ?? [];
      const texts = (entries: readonly TarEntry[]) => new Map(entries.map(({ name, text }) => [name, text]));
      expect(texts(back)).toEqual(texts(ENTRIES));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each([
    ['a text that is none', 'hello'.repeat(200)],
    ['one that ends too early', packTar(ENTRIES).slice(0, 700)],
  ])('%s is refused', (_name, text) => expect(unpackTar(text)).toBeUndefined());
});
