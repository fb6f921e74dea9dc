'use client';

import { useState } from 'react';
import { chooseTheme } from '../_client/choose-theme';
import type { Theme } from './theme';
import styles from './theme-toggle.module.css';

const CHOICES: readonly { readonly theme: Theme; readonly label: string }[] = [
  { theme: 'system', label: 'Auto' },
  { theme: 'day', label: 'Day' },
  { theme: 'night', label: 'Night' },
];

/** Day, night, or as the system wishes; remembered in a cookie. */
export function ThemeToggle({ initial }: { readonly initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const choose = (next: Theme) => {
    setTheme(next);
    chooseTheme(next);
  };
  return (
    <fieldset className={styles.set}>
      <legend className="visually-hidden">Light</legend>
      {CHOICES.map((choice) => (
        <label key={choice.theme} className={styles.choice}>
          <input
            type="radio"
            name="theme"
            value={choice.theme}
            checked={theme === choice.theme}
            onChange={() => choose(choice.theme)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
