'use client';

import { useEffect } from 'react';
import { readCodeBlock } from './code-block';

const SHOWN_MS = 1800;

/** Makes the *Copy* buttons of a page that was rendered on the server do what they say; one listener for all of them. */
export function CopyCode() {
  useEffect(() => {
    const copy = (event: MouseEvent) => {
      const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null;
      const pre = button?.closest('figure')?.querySelector('pre');
      if (!button || !pre) return;
      const say = (text: string) => {
        button.textContent = text;
        setTimeout(() => {
          button.textContent = 'Copy';
        }, SHOWN_MS);
      };
      navigator.clipboard.writeText(readCodeBlock(pre).copyText).then(
        () => say('Copied'),
        () => say('Browser refused'),
      );
    };
    document.addEventListener('click', copy);
    return () => document.removeEventListener('click', copy);
  }, []);
  return null;
}
