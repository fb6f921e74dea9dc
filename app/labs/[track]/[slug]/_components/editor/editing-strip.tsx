'use client';

import { useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import head from '../panel-head.module.css';
import { usePanels } from '../panels';

/** A command in the terminal waits for this file: it goes on when the learner is done, or is stopped. */
export function EditingStrip({ path }: { readonly path: string }) {
  const link = useLabLink();
  const panels = usePanels();
  const back = (act: () => void) => () => {
    act();
    panels.focus('terminal');
  };
  return (
    <div className={head.strip}>
      <p>
        The terminal waits for <code>{path}</code>. Edit it here; the command goes on when you are done.
      </p>
      <button
        type="button"
        className={`${buttons.button} ${head.small}`}
        onClick={back(() => link.finishEditing())}
      >
        Done
      </button>
      <button
        type="button"
        className={`${buttons.button} ${buttons.quiet} ${head.small}`}
        title="Ctrl-C in the terminal"
        onClick={back(() => link.type('\x03'))}
      >
        Stop the command
      </button>
    </div>
  );
}
