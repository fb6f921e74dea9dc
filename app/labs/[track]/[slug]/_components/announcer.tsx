'use client';

import { useLab } from '../../../../_client/lab/use-lab';

/** The page's one voice: whatever happened is said here once. */
export function Announcer() {
  const announced = useLab((state) => state.announced);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      <p key={announced.count}>{announced.text}</p>
    </div>
  );
}
