import { describe, expect, it } from 'vitest';
import { createFiles, newFilesState } from './index';

const make = (changes: [string, string | undefined][] = []) =>
  createFiles(
    newFilesState(['/home/me'], { '/etc/a': 'A' }, 0),
    () => 5,
    (path, text) => changes.push([path, text]),
  );

describe('createFiles', () => {
  it('[S7] keeps a snapshot while it goes on', () => {
    const files = make();
    const before = files.state;
    files.write('/home/me/x', 'one');
    const fork = createFiles(files.state, () => 9);
    fork.append('/home/me/x', 'two');
    expect(files.read('/home/me/x')).toBe('one');
    expect(fork.read('/home/me/x')).toBe('onetwo');
    expect(before.entries['/home/me/x']).toBeUndefined();
    expect(JSON.parse(JSON.stringify(fork.state))).toEqual(fork.state);
  });

  it('tells of every file that a rename moves', () => {
    const changes: [string, string | undefined][] = [];
    const files = make(changes);
    files.mkdir('/home/me/d');
    files.write('/home/me/d/f', 'x');
    files.rename('/home/me/d', '/home/me/e');
    expect(changes).toEqual([
      ['/home/me/d/f', 'x'],
      ['/home/me/d/f', undefined],
      ['/home/me/e/f', 'x'],
    ]);
    expect(files.list('/home/me/e')).toEqual(['f']);
  });

  it.each<readonly [name: string, act: (files: ReturnType<typeof make>) => unknown, code: string]>([
    ['a missing file', (files) => files.read('/nope'), 'ENOENT'],
    ['a missing parent', (files) => files.write('/nope/x', ''), 'ENOENT'],
    ['a file as a parent', (files) => files.write('/etc/a/b', ''), 'ENOTDIR'],
    ['a directory read', (files) => files.read('/etc'), 'EISDIR'],
    ['a directory written', (files) => files.write('/etc', ''), 'EISDIR'],
    ['a full directory removed', (files) => files.remove('/etc'), 'ENOTEMPTY'],
    ['a directory made twice', (files) => files.mkdir('/etc'), 'EEXIST'],
    ['a huge file', (files) => files.write('/etc/b', 'x'.repeat(1024 * 1024 + 1)), 'EFBIG'],
    [
      'too many bytes',
      (files) => {
        for (let i = 0; i < 9; i += 1) files.write(`/etc/${i}`, 'é'.repeat(512 * 1024));
      },
      'ENOSPC',
    ],
  ])('[S7] refuses %s', (_name, act, code) => {
    expect(() => act(make())).toThrow(expect.objectContaining({ code }));
  });
});
