'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { useLabLink } from '../../../../../_client/lab/use-lab';
import type { TerminalHandle } from '../../../../../_client/terminal/open-terminal';
import { NotFetched } from '../not-fetched';
import styles from './terminal-panel.module.css';

/** Fetched while the page is still waking up: the prompt is what the learner waits for. */
const fetchTerminal = () => import('../../../../../_client/terminal/open-terminal');
const terminalModule = typeof window === 'undefined' ? undefined : fetchTerminal();

/** One terminal's screen. Hidden, it goes on being written to. */
export function TerminalGlass({
  id,
  shown,
  reader,
  handles,
  onFind,
}: {
  readonly id: string;
  readonly shown: boolean;
  /** xterm's screen-reader mode. */
  readonly reader: boolean;
  readonly handles: RefObject<Map<string, TerminalHandle>>;
  readonly onFind: () => void;
}) {
  const link = useLabLink();
  const host = useRef<HTMLDivElement>(null);
  const find = useRef(onFind);
  find.current = onFind;
  const readerNow = useRef(reader);
  readerNow.current = reader;
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let gone = false;
    let detach = () => {};
    const open = async () => {
      const module = await (attempt === 0 ? terminalModule : fetchTerminal())?.catch((error: unknown) => {
        console.error(`attempt ${attempt + 1} at the terminal:`, error);
        return undefined;
      });
      if (gone || host.current === null) return;
      setFailed(module === undefined);
      if (module === undefined) return;
      // xterm measures its cells once, so its face has to be there.
      await document.fonts.load(`13px ${getComputedStyle(host.current).fontFamily}`);
      if (gone || host.current === null) return;
      const handle = module.openTerminal(host.current, readerNow.current, {
        onKeys: (keys) => link.type(keys, id),
        onSize: (columns, rows) => link.resize(id, columns, rows),
        onFind: () => find.current(),
      });
      handles.current.set(id, handle);
      const detachScreen = link.attachScreen(id, handle);
      detach = () => {
        detachScreen();
        handles.current.delete(id);
        handle.dispose();
      };
    };
    void open();
    return () => {
      gone = true;
      detach();
    };
  }, [link, id, handles, attempt]);
  useEffect(() => handles.current.get(id)?.setScreenReader(reader), [handles, id, reader]);
  useEffect(() => {
    if (shown) handles.current.get(id)?.focus();
  }, [handles, id, shown]);
  return (
    <>
      {failed && shown ? (
        <NotFetched again={() => setAttempt(attempt + 1)}>
          <strong>The terminal could not be fetched.</strong> Your cluster waits on the server as it was.
        </NotFetched>
      ) : null}
      <div ref={host} className={styles.host} hidden={!shown} />
    </>
  );
}
