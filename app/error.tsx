'use client';

import { useEffect } from 'react';
import { BUSY_DIGEST } from './_ui/busy-digest';
import buttons from './_ui/button.module.css';
import styles from './_ui/message-page.module.css';

const RETRY_MS = { least: 3_000, more: 5_000 } as const;

export default function ErrorPage({
  error,
  reset,
}: {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}) {
  const busy = error.digest === BUSY_DIGEST;
  useEffect(() => {
    console.error(error);
  }, [error]);
  useEffect(() => {
    if (!busy) return;
    // What the server could not do has to be asked of it again; not by everybody at the same moment.
    const timer = setTimeout(() => location.reload(), RETRY_MS.least + Math.random() * RETRY_MS.more);
    return () => clearTimeout(timer);
  }, [busy]);
  if (busy)
    return (
      <main id="main" className={styles.page}>
        <h1>Too busy for a moment</h1>
        <p role="status">
          Too many people are here at once. Nothing of yours is lost; this page tries again by itself in a few
          seconds.
        </p>
        <p className={styles.actions}>
          <button
            type="button"
            className={`${buttons.button} ${buttons.primary}`}
            onClick={() => location.reload()}
          >
            Try again now
          </button>
        </p>
      </main>
    );
  return (
    <main id="main" className={styles.page}>
      <h1>This page did not come up</h1>
      <p>
        Something failed on our side. Your cluster and files are stored as you left them; trying again is
        safe.
      </p>
      {error.digest === undefined ? null : (
        <p>
          For whoever looks into it: <code>{error.digest}</code>
        </p>
      )}
      <p className={styles.actions}>
        <button type="button" className={`${buttons.button} ${buttons.primary}`} onClick={reset}>
          Try again
        </button>
        <a className={buttons.button} href="/">
          Front page
        </a>
      </p>
    </main>
  );
}
