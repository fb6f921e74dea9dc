'use client';

import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import styles from './class-help.module.css';

/**
 * Says who asks to watch the terminal, and who does; the learner says yes, no, and no longer. Above all panels, so that it is
 * seen whichever of them is shown.
 */
export function FollowStrip() {
  const link = useLabLink();
  const follow = useLab((state) => state.classroom?.follow ?? null);
  if (follow === null) return null;
  return (
    <div className={styles.strip}>
      <p>
        {follow.agreed
          ? `${follow.by} watches your terminal.`
          : `${follow.by} asks to watch your terminal, without typing in it.`}
      </p>
      {follow.agreed ? null : (
        <button type="button" className={buttons.button} onClick={() => link.answerFollow(true)}>
          Agree
        </button>
      )}
      <button type="button" className={buttons.button} onClick={() => link.answerFollow(false)}>
        {follow.agreed ? 'Stop it' : 'No'}
      </button>
    </div>
  );
}
