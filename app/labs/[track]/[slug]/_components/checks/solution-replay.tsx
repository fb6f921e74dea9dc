'use client';

import { Dialog } from 'radix-ui';
import { lazy, Suspense } from 'react';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import { DialogFrame } from '../../../../../_ui/dialog-frame';
import { titleOf } from '../../../../../_ui/title-of';
import course from './progress-course.module.css';
import styles from './solution-replay.module.css';

const Replay = lazy(async () => ({
  default: (await import('../../../../../cohorts/_components/replay/replay')).Replay,
}));

/** A solution as it was typed into a copy of the cluster: the learner's own is left alone. */
export function SolutionReplay() {
  const link = useLabLink();
  const solved = useLab((state) => state.solved);
  return (
    <Dialog.Root open={solved !== undefined} onOpenChange={(open) => open || link.solve(undefined)}>
      <DialogFrame
        title={solved === undefined ? '' : `Solution: ${titleOf(solved.name)}`}
        description="Typed in a copy. Your own cluster is as you left it."
        className={styles.wide}
      >
        {solved?.recording === undefined ? (
          <>
            <div className={course.progress} data-busy="true" />
            <p>Typing it …</p>
          </>
        ) : (
          <Suspense fallback={<p>Opening the terminal …</p>}>
            <Replay recording={solved.recording} />
          </Suspense>
        )}
      </DialogFrame>
    </Dialog.Root>
  );
}
