'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Recording } from '../../../../lib/server';
import { moveTo, type Playhead, plainText } from '../../../_client/replay/player';
import type { TerminalHandle } from '../../../_client/terminal/open-terminal';
import buttons from '../../../_ui/button.module.css';
import styles from './replay.module.css';

/** What is played of a recording, whoever typed it. */
type Played = Pick<Recording, 'frames' | 'marks' | 'lengthMs'>;

const SPEEDS = [0.5, 1, 2, 4, 8] as const;

const clock = (ms: number): string => {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** Plays a recording: pause, speed, any moment, jumps to inputs and verdicts; and all of it as text. */
export function Replay({ recording }: { readonly recording: Played }) {
  const { frames, marks, lengthMs } = recording;
  const host = useRef<HTMLDivElement>(null);
  const terminal = useRef<TerminalHandle>(undefined);
  const head = useRef<Playhead>({ shown: 0, at: 0 });
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(1);

  const seek = useCallback(
    (to: number) => {
      const moved = moveTo(frames, head.current, Math.min(to, lengthMs));
      head.current = moved.head;
      if (moved.clear) terminal.current?.clear();
      if (moved.text !== '') terminal.current?.write(moved.text);
      setAt(moved.head.at);
    },
    [frames, lengthMs],
  );

  useEffect(() => {
    let gone = false;
    const open = async () => {
      const { openTerminal } = await import('../../../_client/terminal/open-terminal');
      if (gone || host.current === null) return;
      await document.fonts.load(`13px ${getComputedStyle(host.current).fontFamily}`);
      if (gone || host.current === null) return;
      terminal.current = openTerminal(host.current, false, {
        onKeys: () => {},
        onSize: () => {},
        onFind: () => {},
      });
      // Nothing is typed here, and what it shows stands below it as text.
      host.current.querySelector('textarea')?.setAttribute('tabindex', '-1');
      head.current = { shown: 0, at: 0 };
      seek(0);
    };
    void open();
    return () => {
      gone = true;
      terminal.current?.dispose();
      terminal.current = undefined;
    };
  }, [seek]);

  useEffect(() => {
    if (!playing) return;
    let last = performance.now();
    let frame = 0;
    const step = (now: number) => {
      seek(head.current.at + (now - last) * speed);
      last = now;
      if (head.current.at >= lengthMs) setPlaying(false);
      else frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [playing, speed, lengthMs, seek]);

  const play = () => {
    if (at >= lengthMs) seek(0);
    setPlaying(!playing);
  };
  return (
    <div className={styles.replay}>
      <div>
        <div ref={host} className={styles.host} aria-hidden="true" />
        <div className={styles.controls}>
          <button type="button" className={`${buttons.button} ${buttons.primary}`} onClick={play}>
            {playing ? 'Pause' : 'Play'}
          </button>
          <input
            type="range"
            min={0}
            max={lengthMs}
            step={50}
            value={at}
            aria-label="Moment"
            aria-valuetext={`${clock(at)} of ${clock(lengthMs)}`}
            onChange={(event) => seek(Number(event.target.value))}
          />
          <span className={styles.clock}>
            {clock(at)} of {clock(lengthMs)}
          </span>
          <label>
            Speed{' '}
            <select value={speed} onChange={(event) => setSpeed(Number(event.target.value))}>
              {SPEEDS.map((each) => (
                <option key={each} value={each}>
                  {each}×
                </option>
              ))}
            </select>
          </label>
        </div>
      </div>
      <ol className={styles.marks} aria-label="Inputs and verdicts">
        {marks.map((mark, index) => (
          <li key={`${index}-${mark.at}`} data-kind={mark.kind} data-past={mark.at <= at}>
            <button type="button" onClick={() => seek(mark.at)}>
              <span className={styles.clock}>{clock(mark.at)}</span> {mark.text}
            </button>
          </li>
        ))}
      </ol>
      <details className={styles.text}>
        <summary>All of it as text</summary>
        <pre>{plainText(frames)}</pre>
      </details>
    </div>
  );
}
