'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { MAIN_TERMINAL } from '../../../../../_client/lab/lab-state';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import type { TerminalHandle } from '../../../../../_client/terminal/open-terminal';
import buttons from '../../../../../_ui/button.module.css';
import { ConnectionStrip } from '../connection-strip';
import head from '../panel-head.module.css';
import { usePanels } from '../panels';
import { PausedStrip } from '../paused-strip';
import { TerminalGlass } from './terminal-glass';
import { TerminalLog } from './terminal-log';
import styles from './terminal-panel.module.css';

const READER_KEY = 'portside-screen-reader';

/** The shells on the admin machine, and what they have shown as a text. */
export function TerminalPanel() {
  const link = useLabLink();
  const panels = usePanels();
  const welcomed = useLab((state) => state.welcomed);
  const others = useLab((state) => state.terminals);
  const active = useLab((state) => state.terminal);
  const handles = useRef(new Map<string, TerminalHandle>());
  const [finding, setFinding] = useState(false);
  const [reader, setReader] = useState(false);
  const [log, setLog] = useState(false);
  const current = () => handles.current.get(link.getState().terminal);
  useEffect(() => setReader(localStorage.getItem(READER_KEY) === 'on'), []);
  useEffect(
    () => panels.register('terminal', () => handles.current.get(link.getState().terminal)?.focus()),
    [panels, link],
  );
  const switchReader = () => {
    localStorage.setItem(READER_KEY, reader ? 'off' : 'on');
    setReader(!reader);
  };
  const quiet = `${buttons.button} ${buttons.quiet} ${head.small}`;
  return (
    <section className={head.panel} aria-label="Terminal" data-panel-name="terminal">
      <header className={head.head}>
        <h2 className={others.length === 0 ? undefined : 'visually-hidden'}>Terminal</h2>
        {others.length === 0 ? null : <TerminalTabs />}
        <span className={head.spring} />
        <span className={styles.chord}>
          leave with <kbd>Ctrl</kbd> <kbd>Shift</kbd> <kbd>.</kbd>
        </span>
        <button
          type="button"
          className={quiet}
          disabled={!welcomed}
          title="Another terminal"
          onClick={() => link.openTerminal('admin')}
        >
          New
        </button>
        <button type="button" className={quiet} aria-pressed={log} onClick={() => setLog(!log)}>
          Log
        </button>
        <button type="button" className={quiet} aria-pressed={finding} onClick={() => setFinding(!finding)}>
          Find
        </button>
        <button
          type="button"
          className={`${quiet} ${styles.reader}`}
          aria-pressed={reader}
          onClick={switchReader}
        >
          Screen reader {reader ? 'on' : 'off'}
        </button>
      </header>
      {finding ? (
        <FindBar
          find={(text, backwards) => current()?.find(text, backwards) ?? false}
          close={() => {
            setFinding(false);
            current()?.focus();
          }}
        />
      ) : null}
      <div className={styles.desk} data-log={log}>
        <div className={styles.glass}>
          {[MAIN_TERMINAL, ...others.map(({ id }) => id)].map((id) => (
            <TerminalGlass
              key={id}
              id={id}
              shown={id === active}
              reader={reader}
              handles={handles}
              onFind={() => setFinding(true)}
            />
          ))}
          {welcomed ? null : <p className={styles.waiting}>Opening your cluster …</p>}
        </div>
        {log ? <TerminalLog key={active} terminal={active} /> : null}
      </div>
      <ConnectionStrip />
      <PausedStrip />
    </section>
  );
}

/** Terminals of one name are told apart: "admin", "admin 2". */
function numbered<T extends { readonly title: string }>(tabs: readonly T[]): readonly T[] {
  return tabs.map((tab, index) => {
    const before = tabs.slice(0, index).filter(({ title }) => title === tab.title).length;
    return before === 0 ? tab : { ...tab, title: `${tab.title} ${before + 1}` };
  });
}

/** One tab a terminal; the first stays. */
function TerminalTabs() {
  const link = useLabLink();
  const others = useLab((state) => state.terminals);
  const active = useLab((state) => state.terminal);
  const connected = useLab((state) => state.connection.phase === 'open');
  const tabs = numbered([{ id: MAIN_TERMINAL, title: 'admin' }, ...others]);
  return (
    <nav className={styles.tabs} aria-label="Terminals">
      {tabs.map(({ id, title }) => (
        <span key={id} className={styles.tab} data-active={id === active}>
          <button
            type="button"
            aria-current={id === active ? 'true' : undefined}
            title={title}
            onClick={() => link.showTerminal(id)}
          >
            {title}
          </button>
          {id === MAIN_TERMINAL ? null : (
            <button
              type="button"
              className={styles.close}
              disabled={!connected}
              aria-label={`Close ${title}`}
              onClick={() => link.closeTerminal(id)}
            >
              ×
            </button>
          )}
        </span>
      ))}
    </nav>
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
