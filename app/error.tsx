'use client';

import { useEffect } from 'react';
import { busySeconds } from './_ui/busy-digest';
import buttons from './_ui/button.module.css';
import styles from './_ui/message-page.module.css';

export default function ErrorPage({
  error,
  reset,
}: {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}) {
  const seconds = busySeconds(error.digest);
  useEffect(() => {
    console.error(error);
  }, [error]);
  useEffect(() => {
    if (seconds === undefined) return;
    // What the server could not do has to be asked of it again.
    const timer = setTimeout(() => location.reload(), seconds * 1_000);
    return () => clearTimeout(timer);
  }, [seconds]);
  if (seconds !== undefined)
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
