'use client';

import { useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import head from '../panel-head.module.css';

/** A file changed in the shell while the editor held unsaved text: nothing is lost, the learner picks. */
export function ConflictStrip({ path, deleted }: { readonly path: string; readonly deleted: boolean }) {
  const link = useLabLink();
  return (
    <div className={head.strip}>
      <p>
        <code>{path}</code> was {deleted ? 'deleted' : 'changed'} in the terminal while you were typing here.
        Your text is kept, and not saved until you choose.
      </p>
      <button
        type="button"
        className={`${buttons.button} ${head.small}`}
        onClick={() => link.settle(path, 'mine')}
      >
        Keep mine
      </button>
      <button
        type="button"
        className={`${buttons.button} ${head.small}`}
        onClick={() => link.settle(path, 'theirs')}
      >
        {deleted ? 'Let it go' : 'Take the terminal’s'}
      </button>
    </div>
  );
}
