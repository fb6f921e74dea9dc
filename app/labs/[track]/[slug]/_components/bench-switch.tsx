'use client';

import styles from './bench-switch.module.css';
import { BENCH, PANEL_LABELS, usePanels } from './panels';

/** Editor, chart or timeline: they share one place on a wide screen. */
export function BenchSwitch() {
  const panels = usePanels();
  return (
    <div className={styles.switch}>
      {BENCH.map((panel) => (
        <button
          key={panel}
          type="button"
          aria-pressed={panels.bench === panel}
          onClick={() => panels.focus(panel)}
        >
          {PANEL_LABELS[panel]}
        </button>
      ))}
    </div>
  );
}
