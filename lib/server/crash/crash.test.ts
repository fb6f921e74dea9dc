import { describe, expect, it } from 'vitest';
import { bundle } from '../bin/bundle.mjs';
import { projectRoot } from '../project-root';
import { broken, newLedger, note } from './ledger';
import { proveCrash } from './prove-crash';

describe('a kill in the middle of things', () => {
  it('[V21] loses nothing that was acknowledged, and does nothing twice', async () => {
    const root = projectRoot();
    const child = await bundle({ root, name: 'crash-child', entry: 'lib/server/crash/crash-child.ts' });
    const result = await proveCrash({ seed: 7, kills: 4, child, say: () => undefined });
    expect(result.broken).toEqual([]);
    expect(result.saves).toBeGreaterThan(0);
    expect(result.databaseKills).toBe(1);
  }, 240_000);
});

describe('the ledger', () => {
  it.each([
    ['a lost line', [{ path: 'log.txt', text: '' }], 'is there 0 times'],
    ['a line twice', [{ path: 'log.txt', text: 'a\nb\na\n' }], 'is there 2 times'],
    ['another order', [{ path: 'log.txt', text: 'b\na\n' }], 'out of order'],
    ['a lost file', [{ path: 'log.txt', text: 'a\nb\n' }], 'x.yaml is undefined'],
  ])('[V21] finds %s', (_what, files, complaint) => {
    const ledger = newLedger();
    ledger.typedLines.push('a', 'b');
    ledger.files.set('x.yaml', { acknowledged: undefined, sent: ['old', 'new'] });
    const saves = new Map([[1, { path: 'x.yaml', text: 'old' }]]);
    note(ledger, saves, { type: 'done', id: 1 });
    note(ledger, saves, { type: 'files', changes: [{ path: 'log.txt', text: 'a\nb\n' }] });
    expect(broken(ledger, files).join('\n')).toContain(complaint);
    const kept = [{ path: 'log.txt', text: 'a\nb\n' }];
    expect(broken(ledger, [...kept, { path: 'x.yaml', text: 'new' }])).toEqual([]);
    expect(broken(ledger, [...kept, { path: 'x.yaml', text: 'old' }])).toEqual([]);
  });
});
