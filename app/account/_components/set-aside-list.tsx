import type { AccountView } from '../../../lib/server';
import buttons from '../../_ui/button.module.css';
import { Form } from '../../_ui/form';
import styles from '../page.module.css';

/** Work that waits to be brought back. */
export function SetAsideList({ works }: { readonly works: AccountView['setAside'] }) {
  return (
    <ul className={styles.list}>
      {works.map(({ workspaceId, title, lastWorkedAt, commands }) => (
        <li key={workspaceId}>
          <span>
            {title}
            <span
              className={styles.facts}
            >{` · ${commands} commands and file changes, last on ${lastWorkedAt.slice(0, 10)}`}</span>
          </span>
          <Form name="bring-back">
            <input type="hidden" name="workspace" value={workspaceId} />
            <button type="submit" className={buttons.button} aria-label={`Bring back ${title}`}>
              Bring back
            </button>
          </Form>
        </li>
      ))}
    </ul>
  );
}
