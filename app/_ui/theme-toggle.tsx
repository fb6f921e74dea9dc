'use client';

import { useEffect, useState } from 'react';
import { chooseTheme, watchTheme } from '../_client/choose-theme';
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
  // The palette of a lab chooses, too.
  useEffect(() => watchTheme(setTheme), []);
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
            onChange={() => chooseTheme(choice.theme)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
