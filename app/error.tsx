'use client';

import { useEffect } from 'react';
import buttons from './_ui/button.module.css';
import styles from './_ui/message-page.module.css';

export default function ErrorPage({
  error,
  reset,
}: {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}) {
  useEffect(() => {
    console.error(error);
  }, [error]);
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
