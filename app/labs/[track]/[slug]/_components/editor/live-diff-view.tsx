'use client';

import { useEffect, useRef, useState } from 'react';
import type { LiveDiff } from '../../../../../../lib/server';
import type { DiffHandle } from '../../../../../_client/editor/open-diff';
import { diffSentence } from '../../../../../_client/lab/lab-state';
import buttons from '../../../../../_ui/button.module.css';
import course from '../checks/progress-course.module.css';
import head from '../panel-head.module.css';
import styles from './live-diff-view.module.css';

type Compared = LiveDiff['objects'][number];

/** A file beside what is live: how each of its objects is, and how it would be once applied. */
export function LiveDiffView({
  path,
  diff,
  verb,
  close,
  goTo,
}: {
  readonly path: string;
  readonly diff: LiveDiff | undefined;
  readonly verb: string;
  readonly close: () => void;
  readonly goTo: (line: number, column: number) => void;
}) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const changed = diff?.objects.filter(({ before, after }) => before !== after) ?? [];
  const [chosen, choose] = useState('');
  const shown = changed.find((each) => each.title === chosen) ?? changed[0];
  const small = `${buttons.button} ${head.small}`;
  return (
    <section
      className={styles.view}
      aria-label={`${path} beside what is live`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header className={styles.head}>
        <h3 ref={title} tabIndex={-1}>
          Live, and after {verb === 'Replace' ? 'replace' : 'apply'}
        </h3>
        {changed.length > 1 ? (
          <select aria-label="Object" value={shown?.title} onChange={(event) => choose(event.target.value)}>
            {changed.map((each) => (
              <option key={each.title}>{each.title}</option>
            ))}
          </select>
        ) : shown === undefined ? null : (
          <span>{shown.title}</span>
        )}
        <span className={head.spring} />
        <button type="button" className={`${small} ${buttons.quiet}`} onClick={close}>
          Close
        </button>
      </header>
      <div className={course.progress} data-busy={diff === undefined} />
      {diff === undefined ? <p className={styles.words}>Asking the API what would change …</p> : null}
      {diff !== undefined && changed.length === 0 ? (
        <div className={styles.words} data-refused={diff.said !== ''}>
          <p>{diff.said === '' ? diffSentence(diff) : 'The API would refuse this, so there is no after.'}</p>
          {diff.said === '' ? null : <pre>{diff.said}</pre>}
          {diff.problems.map(({ line, column, message }) => (
            <button
              key={`${line}:${column} ${message}`}
              type="button"
              className={small}
              onClick={() => {
                close();
                goTo(line, column);
              }}
            >
              Line {line}
            </button>
          ))}
        </div>
      ) : null}
      {shown === undefined ? null : <Sides key={shown.title} {...shown} />}
    </section>
  );
}

function Sides({ before, after, title }: Compared) {
  const host = useRef<HTMLDivElement>(null);
  const handle = useRef<DiffHandle>(undefined);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    let gone = false;
    const load = async () => {
      const { openDiff } = await import('../../../../../_client/editor/open-diff');
      if (gone || host.current === null) return;
      handle.current = openDiff(host.current);
      setOpen(true);
    };
    void load();
    return () => {
      gone = true;
      handle.current?.dispose();
      handle.current = undefined;
    };
  }, []);
  useEffect(() => {
    if (open) handle.current?.show(before, after);
  }, [open, before, after]);
  return (
    <>
      <p className={styles.sides} aria-hidden="true">
        <span>{before === '' ? 'Not there yet' : 'Live'}</span>
        <span>After</span>
      </p>
      <section ref={host} className={styles.host} aria-label={`${title}, live and after`} />
    </>
  );
}
