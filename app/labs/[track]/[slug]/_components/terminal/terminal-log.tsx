'use client';

import { useEffect, useState } from 'react';
import { entryText, type LogEntry, readLog } from '../../../../../_client/lab/terminal-log';
import { useLabLink } from '../../../../../_client/lab/use-lab';
import { CopyButton } from '../../../../../_ui/copy-button';
import styles from './terminal-log.module.css';

/** While much is printed the log follows a few times a second. */
const CALM_MS = 300;

function useLog(terminal: string): readonly LogEntry[] {
  const link = useLabLink();
  const [entries, setEntries] = useState(() => readLog(link.shown(terminal)));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      timer = undefined;
      setEntries(readLog(link.shown(terminal)));
    };
    read();
    const stop = link.onShown((which) => {
      if (which === terminal) timer ??= setTimeout(read, CALM_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [link, terminal]);
  return entries;
}

/** The session as a text to be read: each command a heading, then how it ended and what it printed. */
export function TerminalLog({ terminal }: { readonly terminal: string }) {
  const entries = useLog(terminal);
  return (
    <section className={styles.log} aria-label="Log of the terminal">
      <header className={styles.head}>
        <h3>Log</h3>
        {entries.length === 0 ? null : <CopyButton text={entries.map(entryText).join('\n')} />}
      </header>
      {entries.length === 0 ? (
        <p className={styles.none}>Commands are listed here with what they print, once you type one.</p>
      ) : null}
      {entries.map((entry, index) => (
        // Entries are only ever added, and two may be equal.
        <article key={index} className={styles.entry}>
          <header>
            <h4>
              <code>{entry.command}</code>
            </h4>
            <CopyButton text={entryText(entry)} />
          </header>
          <Ending status={entry.status} last={index === entries.length - 1} />
          {entry.output === '' ? null : <pre>{entry.output}</pre>}
        </article>
      ))}
    </section>
  );
}

function Ending({ status, last }: { readonly status: number | undefined; readonly last: boolean }) {
  if (status === 0) return <p className="visually-hidden">ended well</p>;
  if (status !== undefined) return <p className={styles.status}>ended with {status}</p>;
  return last ? <p className={styles.status}>still running</p> : null;
}
