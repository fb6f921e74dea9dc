import { describe, expect, it } from 'vitest';
import type { Lab } from '../../../labs';
import { type Fates, mutationFailures, mutationReport } from './index';

const lab = {
  survivors: [
    { mutant: 'services/*: session affinity turned', verdict: 'free', why: 'open' },
    { mutant: 'pods/b: renamed', verdict: 'accepted', why: 'not looked for' },
    { mutant: 'cheats/web: client edited', verdict: 'accepted', why: 'a cheat may not be accepted' },
  ],
} as unknown as Lab;
const share = (...fates: readonly (readonly [string, 'killed' | 'passes' | 'refused'])[]): Fates => ({
  fates: fates.map(([name, end]) => ({ name, end })),
});

describe('[K3] mutationReport: the fates of several shares are one report', () => {
  it('sorts what passes by what the folder says of it', () => {
    const report = mutationReport(lab, [
      share(['services/web: removed', 'killed'], ['services/web: session affinity turned', 'passes']),
      share(['pods/b: renamed', 'passes'], ['pods/c: renamed', 'passes'], ['pods/d: odd', 'refused']),
      share(['cheats/web: slices by hand', 'killed'], ['cheats/web: client edited', 'passes']),
    ]);
    expect(report).toMatchObject({
      killed: ['services/web: removed'],
      free: ['services/web: session affinity turned'],
      accepted: ['pods/b: renamed'],
      unexplained: ['pods/c: renamed'],
      refused: ['pods/d: odd'],
      cheats: ['cheats/web: slices by hand'],
      unpunished: ['cheats/web: client edited'],
      stale: [],
    });
    expect(report.score).toBeCloseTo(1 / 3);
    expect(mutationFailures(report)).toHaveLength(3);
  });

  it('calls an explanation stale that no share has used', () => {
    const report = mutationReport(lab, [share(['services/web: removed', 'killed']), share()]);
    expect(report.stale).toEqual(lab.survivors.map(({ mutant }) => mutant));
    expect(report.score).toBe(1);
  });

  it('has nothing but the complaint when a share could not begin', () => {
    const report = mutationReport(lab, [
      share(['a', 'killed']),
      { complaint: 'there is no solution to spoil' },
    ]);
    expect(report.killed).toEqual([]);
    expect(mutationFailures(report)[0]).toBe('there is no solution to spoil');
  });
});
