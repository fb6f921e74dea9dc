import type { AccountView } from '../../../lib/server';
import buttons from '../../_ui/button.module.css';
import { Form } from '../../_ui/form';
import styles from '../page.module.css';

const day = (rfc3339: string) => rfc3339.slice(0, 10);

/** The browsers that somebody is signed in with, each with a way to end it. */
export function SessionList({ sessions }: { readonly sessions: AccountView['sessions'] }) {
  return (
    <>
      <ul className={styles.list}>
        {sessions.map(({ id, isThis, browser, address, since, lastSeen }) => (
          <li key={id}>
            <span>
              {browser}
              {isThis ? ' (this one)' : null}
              <span className={styles.facts}>
                {` · ${[address, `since ${day(since)}`, `seen ${day(lastSeen)}`].filter((part) => part !== '').join(' · ')}`}
              </span>
            </span>
            {isThis ? null : (
              <Form name="end-session">
                <input type="hidden" name="session" value={id} />
                <button type="submit" className={buttons.button} aria-label={`Sign out ${browser}`}>
                  Sign out
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <Form name="end-others">
          <button type="submit" className={buttons.button}>
            Sign out all others
          </button>
        </Form>
      ) : null}
    </>
  );
}
