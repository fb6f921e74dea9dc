import { beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace, type WorkspaceOptions } from '../../workspace';
import { HOUR_MS, storm } from './storm';

const OPTIONS: WorkspaceOptions = { seed: 1, startAt: 1_767_690_000_000, nodes: 3, images: 'catalogue' };
/** A storm takes a second or two; thousands by hand run beside other work, where it waits for its turn. */
const LIMIT_MS = 300_000;
/** Seeds that once failed. */
const REGRESSIONS: readonly number[] = [40];
const SEEDS = Number(process.env.STORM_SEEDS ?? 200);
const FIRST = Number(process.env.STORM_FIRST ?? 1);
const seeds = [...REGRESSIONS, ...Array.from({ length: SEEDS }, (_, index) => FIRST + index)];

/** Of every fifty seeds one rests for an hour; the others for so long that heartbeats, probes and back-offs would show. */
const restOf = (seed: number): number => (seed % 50 === 0 ? HOUR_MS : HOUR_MS / 12);

describe('[ST1] after a storm the cluster comes to rest', () => {
  let start: Workspace;
  beforeAll(async () => {
    start = await createWorkspace(OPTIONS);
  });

  it.each(seeds)(
    'seed %i',
    async (seed) => {
      const { problems, log } = await storm(start, OPTIONS, seed, restOf(seed));
      expect(problems, log.join('\n')).toEqual([]);
    },
    LIMIT_MS,
  );
});
