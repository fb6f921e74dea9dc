'use client';

import './_ui/tokens.css';
import './_ui/base.css';
import buttons from './_ui/button.module.css';
import styles from './_ui/message-page.module.css';

export default function GlobalError({ reset }: { readonly reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Portside did not come up</title>
        <main className={styles.page}>
          <h1>Portside did not come up</h1>
          <p>Something failed on our side. Trying again is safe.</p>
          <p className={styles.actions}>
            <button type="button" className={`${buttons.button} ${buttons.primary}`} onClick={reset}>
              Try again
            </button>
          </p>
        </main>
      </body>
    </html>
  );
}
