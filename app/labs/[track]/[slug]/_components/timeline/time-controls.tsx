'use client';

import { DropdownMenu } from 'radix-ui';
import { useEffect, useState } from 'react';
import { spanText } from '../../../../../_client/lab/timeline';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import menu from '../editor/file-menu.module.css';
import head from '../panel-head.module.css';
import styles from './time-controls.module.css';

/** How far one can skip at once. */
export const SKIPS_MS: readonly number[] = [10_000, 60_000, 300_000, 1_800_000];

/** The cluster's clock, and what can be done with it. */
export function TimeControls() {
  const link = useLabLink();
  const connected = useLab((state) => state.connection.phase === 'open');
  const paused = useLab((state) => state.paused);
  const skipping = useLab((state) => state.pending.skip !== undefined);
  const [main, setMain] = useState<HTMLElement | null>(null);
  useEffect(() => setMain(document.getElementById('main')), []);
  const small = `${buttons.button} ${buttons.quiet} ${head.small}`;
  return (
    <>
      <ClusterClock />
      <button type="button" className={small} disabled={!connected} onClick={() => link.pause(!paused)}>
        {paused ? 'Let time go on' : 'Pause'}
      </button>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className={small} disabled={!connected || skipping}>
          {skipping ? 'Skipping …' : 'Skip ahead'}
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal container={main}>
          <DropdownMenu.Content className={menu.menu} align="end" sideOffset={2}>
            {SKIPS_MS.map((ms) => (
              <DropdownMenu.Item key={ms} className={menu.item} onSelect={() => link.skip(ms)}>
                {spanText(ms)}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </>
  );
}

const TICK_MS = 1_000;

/** The cluster's time of day. The server tells it with whatever changes; between, it goes as the wall clock does. */
function ClusterClock() {
  const now = useLab((state) => state.now);
  const runs = useLab((state) => state.connection.phase === 'open' && !state.paused);
  const [shown, setShown] = useState(now);
  useEffect(() => {
    setShown(now);
    if (!runs) return;
    const since = performance.now();
    const timer = setInterval(() => setShown(now + performance.now() - since), TICK_MS);
    return () => clearInterval(timer);
  }, [now, runs]);
  if (now === 0) return null;
  return (
    <time className={styles.clock} data-paused={!runs} title="The cluster’s own time">
      {new Date(shown).toISOString().slice(11, 19)}
    </time>
  );
}
