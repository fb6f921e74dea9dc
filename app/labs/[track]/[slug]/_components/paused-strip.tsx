'use client';

import { useLab, useLabLink } from '../../../../_client/lab/use-lab';
import buttons from '../../../../_ui/button.module.css';
import head from './panel-head.module.css';

/** Under the terminal while virtual time stands still: what waits there waits for ever. */
export function PausedStrip() {
  const link = useLabLink();
  const paused = useLab((state) => state.paused && state.connection.phase === 'open');
  if (!paused) return null;
  return (
    <div className={head.strip}>
      <p>
        <strong>Time stands still.</strong> Pods do not start, and what sleeps does not wake, until it goes
        on.
      </p>
      <button type="button" className={`${buttons.button} ${head.small}`} onClick={() => link.pause(false)}>
        Let time go on
      </button>
    </div>
  );
}
