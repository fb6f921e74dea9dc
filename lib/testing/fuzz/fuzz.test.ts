import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../../workspace';
import { drawFrom } from './draw';
import { NAMESPACE } from './requests/targets.test-support';
import { makeTrouble } from './trouble.test-support';
import { watchProblems } from './watch-law.test-support';

/** By hand as many as wanted; with all the other tests as many as fit into some seconds. */
const { FUZZ_BATCHES, FUZZ_SEED = '1' } = process.env;
const SIZE = {
  numRuns: Number(FUZZ_BATCHES ?? 60),
  seed: Number(FUZZ_SEED),
  endOnFailure: true,
};

/** Counts from its call on; on a slow machine with all the other tests, fewer batches are enough. */
function clock(): () => boolean {
  const end = performance.now() + 6_000;
  return () => FUZZ_BATCHES === undefined && performance.now() > end;
}

describe('the API over HTTP', () => {
  let start: Workspace;
  beforeAll(async () => {
    start = await createWorkspace({ seed: 1, startAt: 1_767_690_000_000, nodes: 2, images: 'catalogue' });
    await start.run(`kubectl create namespace ${NAMESPACE}`, { out: () => {}, err: () => {} });
  });

  it('[FZ1] answers whatever is sent in its own words, and keeps nothing that it would refuse', async () => {
    const isOver = clock();
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (generate) => {
        if (isOver()) return;
        const { problems, log } = await makeTrouble(start, drawFrom(generate));
        expect(problems, log.join('\n')).toEqual([]);
      }),
      SIZE,
    );
  }, 3_600_000);

  it('[FZ5] tells watchers, early and late, what a later list would', async () => {
    const isOver = clock();
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (generate) => {
        if (isOver()) return;
        expect(await watchProblems(start, drawFrom(generate))).toEqual([]);
      }),
      SIZE,
    );
  }, 3_600_000);
});
