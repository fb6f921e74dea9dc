'use client';

import { useEffect, useState } from 'react';

const words = (iso: string, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(new Date(iso));

/** A moment in the reader's own time zone; until the page knows it, in `timeZone`. Either says which. */
export function LocalTime({ iso, timeZone }: { readonly iso: string; readonly timeZone: string }) {
  const [own, setOwn] = useState(timeZone);
  useEffect(() => setOwn(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  return <time dateTime={iso}>{words(iso, own)}</time>;
}
