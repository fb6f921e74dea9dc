'use client';

import styles from './bench-switch.module.css';
import { usePanels } from './panels';

/** Editor or chart: they share one place on a wide screen. */
export function BenchSwitch() {
  const panels = usePanels();
  return (
    <div className={styles.switch}>
      {(['editor', 'chart'] as const).map((panel) => (
        <button
          key={panel}
          type="button"
          aria-pressed={panels.bench === panel}
          onClick={() => panels.focus(panel)}
        >
          {panel === 'editor' ? 'Editor' : 'Chart'}
        </button>
      ))}
    </div>
  );
}
