'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useLab, useLabLink } from '../../../../_client/lab/use-lab';
import type { TerminalHandle } from '../../../../_client/terminal/open-terminal';
import buttons from '../../../../_ui/button.module.css';
import { ConnectionStrip } from './connection-strip';
import { FollowStrip } from './follow-strip';
import head from './panel-head.module.css';
import { usePanels } from './panels';
import { PausedStrip } from './paused-strip';
import styles from './terminal-panel.module.css';

const READER_KEY = 'portside-screen-reader';

/** Fetched while the page is still waking up: the prompt is what the learner waits for. */
const terminalModule =
  typeof window === 'undefined' ? undefined : import('../../../../_client/terminal/open-terminal');

/** The shell on the admin machine. */
export function TerminalPanel() {
  const link = useLabLink();
  const panels = usePanels();
  const welcomed = useLab((state) => state.welcomed);
  const host = useRef<HTMLDivElement>(null);
  const terminal = useRef<TerminalHandle>(undefined);
  const leave = useRef(panels.leave);
  leave.current = panels.leave;
  const [finding, setFinding] = useState(false);
  const [reader, setReader] = useState(false);

  useEffect(() => {
    let gone = false;
    let detach = () => {};
    const open = async () => {
      const module = await terminalModule;
      if (gone || host.current === null || module === undefined) return;
      // xterm measures its cells once, so its face has to be there.
      await document.fonts.load(`13px ${getComputedStyle(host.current).fontFamily}`);
      if (gone || host.current === null) return;
      const readerWanted = localStorage.getItem(READER_KEY) === 'on';
      setReader(readerWanted);
      const handle = module.openTerminal(host.current, readerWanted, {
        onKeys: (keys) => link.type(keys),
        onSize: (columns, rows) => link.resize(columns, rows),
        onUse: (use) =>
          use === 'find' ? setFinding(true) : leave.current('terminal', use === 'next-panel' ? 1 : -1),
      });
      terminal.current = handle;
      const detachScreen = link.attachScreen(handle);
      detach = () => {
        detachScreen();
        handle.dispose();
      };
    };
    void open();
    return () => {
      gone = true;
      detach();
      terminal.current = undefined;
    };
  }, [link]);
  useEffect(() => panels.register('terminal', () => terminal.current?.focus()), [panels]);

  const switchReader = () => {
    terminal.current?.setScreenReader(!reader);
    localStorage.setItem(READER_KEY, reader ? 'off' : 'on');
    setReader(!reader);
  };
  return (
    <section className={head.panel} aria-label="Terminal" data-panel-name="terminal">
      <header className={head.head}>
        <h2>Terminal</h2>
        <span className={head.spring} />
        <span className={styles.chord}>
          leave with <kbd>Ctrl</kbd> <kbd>Shift</kbd> <kbd>.</kbd>
        </span>
        <button
          type="button"
          className={`${buttons.button} ${buttons.quiet} ${head.small}`}
          aria-pressed={finding}
          onClick={() => setFinding(!finding)}
        >
          Find
        </button>
        <button
          type="button"
          className={`${buttons.button} ${buttons.quiet} ${head.small} ${styles.reader}`}
          aria-pressed={reader}
          onClick={switchReader}
        >
          Screen reader {reader ? 'on' : 'off'}
        </button>
      </header>
      {finding ? (
        <FindBar
          find={(text, backwards) => terminal.current?.find(text, backwards) ?? false}
          close={() => {
            setFinding(false);
            terminal.current?.focus();
          }}
        />
      ) : null}
      <div className={styles.glass}>
        <div ref={host} className={styles.host} />
        {welcomed ? null : <p className={styles.waiting}>Opening your cluster …</p>}
      </div>
      <FollowStrip />
      <ConnectionStrip />
      <PausedStrip />
    </section>
  );
}

function FindBar({
  find,
  close,
}: {
  readonly find: (text: string, backwards: boolean) => boolean;
  readonly close: () => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const [text, setText] = useState('');
  const [found, setFound] = useState(true);
  const search = (event: FormEvent) => {
    event.preventDefault();
    setFound(find(text, true));
  };
  return (
    <search>
      <form className={styles.find} onSubmit={search}>
        <label>
          <span className="visually-hidden">Find in the terminal</span>
          <input
            ref={field}
            value={text}
            placeholder="Find in the terminal"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') close();
            }}
          />
        </label>
        <button type="submit" className={`${buttons.button} ${head.small}`}>
          Up
        </button>
        <button
          type="button"
          className={`${buttons.button} ${head.small}`}
          onClick={() => setFound(find(text, false))}
        >
          Down
        </button>
        <output>{found ? '' : 'Not found'}</output>
        <span className={head.spring} />
        <button type="button" className={`${buttons.button} ${buttons.quiet} ${head.small}`} onClick={close}>
          Close
        </button>
      </form>
    </search>
  );
}
