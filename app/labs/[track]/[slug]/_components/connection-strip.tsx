'use client';

import { useEffect, useState } from 'react';
import { useLab, useLabLink } from '../../../../_client/lab/use-lab';
import buttons from '../../../../_ui/button.module.css';
import head from './panel-head.module.css';

const TICK_MS = 500;

/** Under the terminal while the line is down: keys go nowhere, and the strip says so. */
export function ConnectionStrip() {
  const link = useLabLink();
  const connection = useLab((state) => state.connection);
  const keysLost = useLab((state) => state.keysLost);
  if (connection.phase !== 'lost') return null;
  return (
    <div className={head.strip}>
      <p>
        <strong>No connection.</strong>{' '}
        {keysLost
          ? 'What you type now is not sent; it will have to be typed again.'
          : 'Your cluster is safe on the server and resumes where it was.'}{' '}
        <Countdown key={connection.retryAt} until={connection.retryAt} />
      </p>
      <button type="button" className={`${buttons.button} ${head.small}`} onClick={link.retry}>
        Try now
      </button>
    </div>
  );
}

function Countdown({ until }: { readonly until: number }) {
  const [left, setLeft] = useState(() => secondsUntil(until));
  useEffect(() => {
    const timer = setInterval(() => setLeft(secondsUntil(until)), TICK_MS);
    return () => clearInterval(timer);
  }, [until]);
  return <span>{left > 0 ? `Next attempt in ${left} s.` : 'Trying now …'}</span>;
}

function secondsUntil(until: number): number {
  return Math.max(0, Math.ceil((until - Date.now()) / 1000));
}
