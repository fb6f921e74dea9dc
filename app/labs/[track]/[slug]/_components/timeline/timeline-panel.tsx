'use client';

import { useEffect, useRef, useState } from 'react';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import { BenchSwitch } from '../bench-switch';
import course from '../checks/progress-course.module.css';
import head from '../panel-head.module.css';
import { usePanels } from '../panels';
import { MomentDiffView } from './moment-diff-view';
import { TimeControls } from './time-controls';
import { TimelineList } from './timeline-list';
import styles from './timeline-panel.module.css';

/** What has happened in this workspace, and the ways to any moment of it. */
export function TimelinePanel() {
  const link = useLabLink();
  const panels = usePanels();
  const body = useRef<HTMLDivElement>(null);
  const timeline = useLab((state) => state.timeline);
  const compared = useLab((state) => state.compared);
  const connected = useLab((state) => state.connection.phase === 'open');
  const redoable = useLab((state) => state.redoable);
  const going = useLab((state) => state.pending.goTo ?? state.pending.redo ?? state.pending.undo);
  const comparing = useLab((state) => state.pending.compare !== undefined);
  const [changesOnly, setChangesOnly] = useState(false);
  const shown = panels.bench === 'timeline';
  useEffect(() => {
    if (shown && connected && link.getState().timeline === undefined) link.askTimeline();
  }, [shown, connected, link]);
  useEffect(
    () =>
      panels.register('timeline', () =>
        // Before anything is known there is nothing to press.
        (body.current?.querySelector<HTMLElement>('button') ?? body.current)?.focus(),
      ),
    [panels],
  );
  const busy = going !== undefined ? 'Going there …' : comparing ? 'Comparing …' : undefined;
  return (
    <section className={head.panel} aria-label="Timeline" data-panel-name="timeline">
      <header className={head.head}>
        <h2 className="visually-hidden">Timeline</h2>
        <BenchSwitch />
        <span className={head.spring} />
        <TimeControls />
      </header>
      <div className={course.progress} data-busy={busy !== undefined} />
      <div ref={body} className={head.body} tabIndex={-1}>
        {compared !== undefined ? (
          <MomentDiffView diff={compared} close={() => link.compare(undefined)} />
        ) : timeline === undefined ? (
          <p className={styles.empty}>Reading what has happened …</p>
        ) : (
          <>
            <div className={styles.bar}>
              <label>
                <input
                  type="checkbox"
                  checked={changesOnly}
                  onChange={(event) => setChangesOnly(event.target.checked)}
                />{' '}
                Only what changed something
              </label>
              <span className={head.spring} />
              <output>{busy}</output>
              {redoable === null ? null : (
                <button
                  type="button"
                  className={`${buttons.button} ${head.small} ${styles.redo}`}
                  disabled={!connected || going !== undefined}
                  onClick={() => link.redo()}
                >
                  Redo <code>{redoable}</code>
                </button>
              )}
            </div>
            <TimelineList timeline={timeline} changesOnly={changesOnly} />
          </>
        )}
      </div>
    </section>
  );
}
