import { describe, expect, it } from 'vitest';
import { fileTree, nameProblem } from './file-tree';

describe('the tree of files', () => {
  it('has files before folders, each under its own', () => {
    const lines = fileTree(['web.yaml', 'base/svc.yaml', 'a.txt', 'base/deep/x', 'base/a']);
    expect(lines.map(({ kind, path, name, depth }) => `${depth} ${name} (${kind} ${path})`)).toEqual([
      '0 a.txt (file a.txt)',
      '0 web.yaml (file web.yaml)',
      '0 base (folder base)',
      '1 a (file base/a)',
      '1 svc.yaml (file base/svc.yaml)',
      '1 deep (folder base/deep)',
      '2 x (file base/deep/x)',
    ]);
    expect(fileTree([])).toEqual([]);
  });

  it.each([
    ['web.yaml', undefined],
    ['base/web.yaml', undefined],
    ['', 'Letters'],
    ['two words', 'Letters'],
    ['base/', 'Letters'],
    ['/etc/hosts', 'Letters'],
    ['../out', 'begin with a dot'],
    ['.bashrc', 'begin with a dot'],
    ['a.txt', 'There is a a.txt already.'],
    ['deep', 'deep is a folder.'],
    ['a.txt/b', 'a.txt is a file, and no folder.'],
  ])('tells of "%s" why it cannot be a name', (name, problem) => {
    const found = nameProblem(name, ['a.txt', 'deep/b']);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(problem);
  });
});
