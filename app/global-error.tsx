'use client';

export default function GlobalError({ reset }: { readonly reset: () => void }) {
  return (
    <html lang="en">
      {/* The page's own styles may be what failed to load. */}
      <body
        style={{ colorScheme: 'light dark', font: '16px/1.5 system-ui, sans-serif', padding: '12vh 2rem' }}
      >
        <title>Portside did not come up</title>
        <main>
          <h1>Portside did not come up</h1>
          <p>Something failed on our side. Trying again is safe.</p>
          <button type="button" onClick={reset}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
