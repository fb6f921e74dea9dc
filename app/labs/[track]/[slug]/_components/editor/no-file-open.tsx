'use client';

import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import styles from './editor-panel.module.css';

/** The empty desk: the files that could lie on it. */
export function NoFileOpen() {
  const link = useLabLink();
  const files = useLab((state) => state.files);
  const paths = Object.keys(files).toSorted();
  if (paths.length === 0)
    return <p className={styles.empty}>There is no file yet. Make one with Files, or in the terminal.</p>;
  return (
    <div className={styles.empty}>
      <p>No file is open.</p>
      <ul>
        {paths.map((path) => (
          <li key={path}>
            <button
              type="button"
              className={`${buttons.button} ${buttons.quiet}`}
              onClick={() => link.open(path)}
            >
              {path}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
