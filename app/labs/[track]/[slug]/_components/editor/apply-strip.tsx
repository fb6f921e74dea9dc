'use client';

import type { Applied } from '../../../../../../lib/server';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import head from '../panel-head.module.css';
import styles from './apply-strip.module.css';

/** What came of applying the file: kubectl's words, and where in the text the API sees their cause. */
export function ApplyStrip({
  path,
  outcome,
  goTo,
}: {
  readonly path: string;
  readonly outcome: Applied;
  readonly goTo: (line: number, column: number) => void;
}) {
  const link = useLabLink();
  const connected = useLab((state) => state.connection.phase === 'open');
  const { status, said, problems, conflict } = outcome;
  const small = `${buttons.button} ${head.small}`;
  return (
    <section className={styles.strip} aria-label={`What came of ${path}`} data-done={status === 0}>
      {problems.length === 0 ? (
        <pre>{said.trim()}</pre>
      ) : (
        <ul>
          {problems.map(({ line, column, message }) => (
            <li key={`${line}:${column} ${message}`}>
              <button type="button" className={small} onClick={() => goTo(line, column)}>
                Line {line}
              </button>
              <span>{message}</span>
            </li>
          ))}
        </ul>
      )}
      {problems.length > 0 && !problems.some(({ message }) => said.trim() === message) ? (
        <details>
          <summary>As kubectl says it</summary>
          <pre>{said.trim()}</pre>
        </details>
      ) : null}
      <div className={styles.actions}>
        {conflict ? (
          <>
            <button
              type="button"
              className={small}
              disabled={!connected}
              onClick={() => link.compareLive(path)}
            >
              Compare with live
            </button>
            <button
              type="button"
              className={small}
              disabled={!connected}
              title="Your text gives way to the object as it is now; Ctrl-Z brings it back"
              onClick={() => link.reread(path)}
            >
              Read it again
            </button>
          </>
        ) : null}
        <button type="button" className={`${small} ${buttons.quiet}`} onClick={link.dismissApplied}>
          Dismiss
        </button>
      </div>
    </section>
  );
}
