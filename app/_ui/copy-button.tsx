'use client';

import { useEffect, useState } from 'react';
import styles from './code-prose.module.css';

const SHOWN_MS = 1800;

/** Copies a text and says so. */
export function CopyButton({ text }: { readonly text: string }) {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = setTimeout(() => setOutcome('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  return (
    <button type="button" className={styles.action} onClick={copy}>
      <span aria-live="polite">
        {outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Browser refused' : 'Copy'}
      </span>
    </button>
  );
}
