'use client';

import { useEffect, useRef } from 'react';
import type { DiffLine, MomentDiff, ObjectDiff } from '../../../../../../lib/server';
import buttons from '../../../../../_ui/button.module.css';
import head from '../panel-head.module.css';
import styles from './moment-diff-view.module.css';

const CHANGES: Readonly<Record<ObjectDiff['change'], string>> = {
  added: 'new',
  removed: 'gone',
  changed: 'changed',
};
const SIGNS: Readonly<Record<DiffLine['sign'], string>> = { added: '+', removed: '−', same: ' ', gap: '' };
const SAID: Readonly<Record<DiffLine['sign'], string>> = {
  added: 'added: ',
  removed: 'removed: ',
  same: '',
  gap: '',
};
/** A few differences are read at once; of many, one is chosen. */
const OPEN_LIMIT = 3;

/** What is different between two moments: objects, then files, line by line. */
export function MomentDiffView({ diff, close }: { readonly diff: MomentDiff; readonly close: () => void }) {
  const { objects, files, left } = diff;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const open = objects.length + files.length <= OPEN_LIMIT;
  return (
    <div className={styles.diff}>
      <header className={styles.head}>
        <h3 ref={title} tabIndex={-1}>
          {objects.length + files.length === 0 ? 'No difference' : 'What is different'}
        </h3>
        <span className={head.spring} />
        <button type="button" className={`${buttons.button} ${head.small}`} onClick={close}>
          Back to the timeline
        </button>
      </header>
      {objects.map(({ change, kind, namespace, name, lines }) => (
        <details key={`${kind}/${namespace}/${name}`} open={open}>
          <summary data-change={change}>
            <small>{kind}</small> {name}
            {namespace === '' || namespace === 'default' ? null : <small> in {namespace}</small>}
            <span>{CHANGES[change]}</span>
          </summary>
          <DiffLines lines={lines} />
        </details>
      ))}
      {files.map(({ change, path, lines }) => (
        <details key={path} open={open}>
          <summary data-change={change}>
            <small>File</small> {path}
            <span>{CHANGES[change]}</span>
          </summary>
          <DiffLines lines={lines} />
        </details>
      ))}
      {left > 0 ? <p className={styles.left}>And {left} more.</p> : null}
    </div>
  );
}

/** Lines of two texts, with what was added and removed told by sign, ground and word. */
export function DiffLines({ lines }: { readonly lines: readonly DiffLine[] }) {
  return (
    <pre className={styles.lines}>
      {lines.map(({ sign, text }, index) => (
        <span key={`${index}-${sign}`} data-sign={sign}>
          <span aria-hidden="true">{SIGNS[sign]}</span>
          {SAID[sign] === '' ? null : <span className="visually-hidden">{SAID[sign]}</span>}
          {sign === 'gap' ? '⋯' : text}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
