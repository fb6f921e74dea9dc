import type { ReactNode } from 'react';
import buttons from '../../../../_ui/button.module.css';
import head from './panel-head.module.css';

/** What stands in a panel whose code did not come over the line, and the way to ask for it again. */
export function NotFetched({
  again,
  children,
}: {
  readonly again: () => void;
  /** What did not come, and what can be done meanwhile. */
  readonly children: ReactNode;
}) {
  return (
    <div className={head.strip}>
      <p>{children}</p>
      <button type="button" className={`${buttons.button} ${head.small}`} onClick={again}>
        Fetch it again
      </button>
    </div>
  );
}
