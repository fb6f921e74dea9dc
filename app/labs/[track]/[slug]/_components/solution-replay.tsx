'use client';

import { Dialog } from 'radix-ui';
import { lazy, Suspense } from 'react';
import { useLab, useLabLink } from '../../../../_client/lab/use-lab';
import buttons from '../../../../_ui/button.module.css';
import dialog from '../../../../_ui/dialog.module.css';
import { titleOf } from '../../../../_ui/title-of';
import course from './progress-course.module.css';
import styles from './solution-replay.module.css';

const Replay = lazy(async () => ({
  default: (await import('../../../../cohorts/_components/replay/replay')).Replay,
}));

/** A solution as it was typed into a copy of the cluster: the learner's own is left alone. */
export function SolutionReplay() {
  const link = useLabLink();
  const solved = useLab((state) => state.solved);
  return (
    <Dialog.Root open={solved !== undefined} onOpenChange={(open) => open || link.solve(undefined)}>
      <Dialog.Portal>
        <Dialog.Overlay className={dialog.veil} />
        <Dialog.Content className={`${dialog.dialog} ${styles.wide}`} aria-describedby={undefined}>
          <Dialog.Title>{solved === undefined ? '' : `Solution: ${titleOf(solved.name)}`}</Dialog.Title>
          <p>Typed in a copy. Your own cluster is as you left it.</p>
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
          <div className={dialog.actions}>
            <Dialog.Close className={buttons.button}>Close</Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
