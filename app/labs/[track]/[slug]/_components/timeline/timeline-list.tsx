'use client';

import { type KeyboardEvent, useMemo, useState } from 'react';
import {
  entryTitle,
  momentName,
  type TimelineRow,
  type TimelineState,
  timelineRows,
} from '../../../../../_client/lab/timeline';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import head from '../panel-head.module.css';
import styles from './timeline-list.module.css';

/** Arrow keys move from line to line, as in every list. */
function moveFocus(event: KeyboardEvent<HTMLOListElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined;
  const ends = event.key === 'Home' ? 0 : event.key === 'End' ? -1 : undefined;
  if (by === undefined && ends === undefined) return;
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-line]')];
  const here = lines.findIndex((line) => line.parentElement?.contains(document.activeElement));
  const next = ends === undefined ? lines[here + (by ?? 0)] : lines.at(ends);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** What has happened, newest first; each line can be gone back to and compared. */
export function TimelineList({
  timeline,
  changesOnly,
}: {
  readonly timeline: TimelineState;
  readonly changesOnly: boolean;
}) {
  const link = useLabLink();
  const [chosen, setChosen] = useState<string>();
  const [marked, setMarked] = useState<number>();
  const rows = useMemo(() => timelineRows(timeline, changesOnly), [timeline, changesOnly]);
  const moment = { marked, mark: setMarked, timeline };
  if (rows.length === 0) {
    return (
      <p className={styles.none}>
        {changesOnly
          ? 'Nothing has changed yet.'
          : 'Nothing has happened yet. What you type and save is listed here.'}
      </p>
    );
  }
  return (
    <>
      <ol className={styles.list} onKeyDown={moveFocus} aria-label="What has happened, newest first">
        {rows.map((row) => (
          <Line
            key={row.entry.id}
            row={row}
            open={chosen === row.entry.id}
            toggle={() => setChosen(chosen === row.entry.id ? undefined : row.entry.id)}
            moment={moment}
          />
        ))}
        {timeline.more ? null : <StartLine moment={moment} />}
      </ol>
      {timeline.more ? (
        <button
          type="button"
          className={`${buttons.button} ${styles.more}`}
          onClick={() => link.askTimeline()}
        >
          Earlier
        </button>
      ) : null}
    </>
  );
}

interface Moments {
  readonly timeline: TimelineState;
  readonly marked: number | undefined;
  mark(seq: number): void;
}

function Line({
  row,
  open,
  toggle,
  moment,
}: {
  readonly row: TimelineRow;
  readonly open: boolean;
  readonly toggle: () => void;
  readonly moment: Moments;
}) {
  const { entry, left, times } = row;
  const command = entry.kind === 'command' || entry.kind === 'api';
  const title = entryTitle(moment.timeline.entries, entry);
  return (
    <li className={styles.row} data-kind={entry.kind} data-left={left} data-changed={entry.changed}>
      <button type="button" data-line className={styles.line} aria-expanded={open} onClick={toggle}>
        <Sign kind={entry.kind} changed={entry.changed} passed={entry.passed} />
        <span className={styles.title}>
          {entry.kind === 'edit'
            ? 'Edited '
            : entry.kind === 'check'
              ? entry.passed
                ? 'Passed: '
                : 'Check: '
              : null}
          {command ? <code>{title}</code> : title}
          {times > 1 ? <span className={styles.note}> {times} times</span> : null}
          {left ? <span className={styles.note}> left behind</span> : null}
          {row.moment === undefined ? <span className={styles.now}> now</span> : null}
        </span>
        <time className={styles.time} dateTime={entry.at}>
          {entry.now === undefined ? '' : clockText(entry.now)}
        </time>
      </button>
      {open ? <Actions seq={row.moment} moment={moment} /> : null}
    </li>
  );
}

/** Before anything happened. */
function StartLine({ moment }: { readonly moment: Moments }) {
  const [open, setOpen] = useState(false);
  const first = moment.timeline.entries[0];
  return (
    <li className={styles.row} data-kind="start" data-left="false">
      <button
        type="button"
        data-line
        className={styles.line}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Sign kind="start" changed={false} />
        <span className={styles.title}>The start of the lab</span>
      </button>
      {open ? <Actions seq={first === undefined ? 0 : first.seq - 1} moment={moment} /> : null}
    </li>
  );
}

function Actions({ seq, moment }: { readonly seq: number | undefined; readonly moment: Moments }) {
  const link = useLabLink();
  const connected = useLab((state) => state.connection.phase === 'open');
  const busy = useLab((state) => state.pending.goTo !== undefined || state.pending.compare !== undefined);
  const { marked, mark, timeline } = moment;
  const small = `${buttons.button} ${head.small}`;
  if (seq === undefined && marked === undefined)
    return <p className={styles.actions}>This is where you are.</p>;
  return (
    <div className={styles.actions}>
      {seq === undefined ? null : (
        <>
          <button
            type="button"
            className={small}
            disabled={!connected || busy}
            onClick={() => link.goTo(seq)}
          >
            Go to this moment
          </button>
          <button
            type="button"
            className={small}
            disabled={!connected || busy}
            onClick={() => link.compare({ from: seq })}
          >
            Compare with now
          </button>
          <button
            type="button"
            className={`${small} ${buttons.quiet}`}
            aria-pressed={marked === seq}
            onClick={() => mark(seq)}
          >
            {marked === seq ? 'Marked' : 'Mark'}
          </button>
        </>
      )}
      {marked === undefined || marked === seq ? null : (
        <button
          type="button"
          className={small}
          disabled={!connected || busy}
          onClick={() => link.compare({ from: marked, to: seq })}
        >
          Compare with the mark after {momentName(timeline.entries, marked)}
        </button>
      )}
    </div>
  );
}

/** The shape says what it was before the words do. */
function Sign({
  kind,
  changed,
  passed,
}: {
  readonly kind: TimelineRow['entry']['kind'] | 'start';
  readonly changed: boolean;
  readonly passed?: boolean | undefined;
}) {
  return (
    <svg className={styles.sign} viewBox="0 0 16 16" aria-hidden="true" data-kind={kind} data-passed={passed}>
      {kind === 'check' ? (
        <>
          <circle cx="8" cy="8" r="5.25" />
          <path d={passed ? 'M5.6 8.2l1.7 1.7 3.2-3.6' : 'M6 6l4 4M10 6l-4 4'} />
        </>
      ) : kind === 'undo' || kind === 'go-to' || kind === 'reset' ? (
        <path d="M12 12V7.5A2.5 2.5 0 0 0 9.5 5H4M6.5 2.5L4 5l2.5 2.5" />
      ) : kind === 'skip' ? (
        <path d="M4 4l4 4-4 4M8.5 4l4 4-4 4" />
      ) : kind === 'edit' ? (
        <path d="M4 8h8" />
      ) : (
        <circle cx="8" cy="8" r="3.25" data-filled={changed} />
      )}
    </svg>
  );
}

/** The cluster's own time of day, as `date` in its terminal tells it. */
const clockText = (now: number): string => new Date(now).toISOString().slice(11, 19);
