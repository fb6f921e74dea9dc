'use client';

import Link from 'next/link';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { BoardLine, BoardView } from '../../../../../lib/server';
import styles from './board.module.css';
import { type BoardOrder, sortLines } from './sort-lines';

const ORDERS: Readonly<Record<BoardOrder, string>> = {
  needs: 'who needs attention',
  lag: 'who lags behind',
  name: 'name',
};
const WORDS = { met: 'met', 'not-met': 'not met' } as const;

/** Every learner and every task: one table, for eyes, keyboards and screen readers alike. */
export function BoardGrid({
  cohortId,
  title,
  board,
  chosen,
}: {
  readonly cohortId: string;
  readonly title: string;
  readonly board: BoardView;
  /** The learners of a group that was chosen; the others step back. */
  readonly chosen: string | undefined;
}) {
  const [order, setOrder] = useState<BoardOrder>('needs');
  const table = useRef<HTMLTableElement>(null);
  const group = board.groups.find(({ task, check, says }) => `${task} ${check} ${says}` === chosen);
  const among = group && new Set(group.learners);
  const lines = sortLines(board.lines, order).filter(({ id }) => among === undefined || among.has(id));
  /** Up and down go from learner to learner, as in a list. */
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const links = [...(table.current?.querySelectorAll<HTMLElement>('tbody th a') ?? [])];
    const here = links.indexOf(event.target as HTMLElement);
    if (step === 0 || here < 0) return;
    event.preventDefault();
    links[here + step]?.focus();
  };
  return (
    <section aria-labelledby="learners">
      <div className={styles.bar}>
        <h3 id="learners">
          {lines.length === board.lines.length
            ? `${lines.length} ${lines.length === 1 ? 'learner' : 'learners'}`
            : `${lines.length} of ${board.lines.length} learners`}
        </h3>
        <label>
          By{' '}
          <select value={order} onChange={(event) => setOrder(event.target.value as BoardOrder)}>
            {Object.entries(ORDERS).map(([key, words]) => (
              <option key={key} value={key}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={`Learners and tasks of ${title}`}>
        <table ref={table} className={styles.grid} onKeyDown={onKeyDown}>
          <thead>
            <tr>
              <th scope="col">Learner</th>
              <th scope="col">State</th>
              {board.tasks.map((task) => (
                <th key={task.id} scope="col" className={styles.task}>
                  <span>{task.title}</span>
                  <span className={styles.share}>
                    {task.met} of {board.lines.length}
                  </span>
                </th>
              ))}
              <th scope="col">Why look</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line key={line.id} cohortId={cohortId} line={line} tasks={board.tasks} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

/** A line's signs are drawn by the style sheet: with five hundred lines each attribute is a good part of the page. */
function Line({
  cohortId,
  line,
  tasks,
}: {
  readonly cohortId: string;
  readonly line: BoardLine;
  readonly tasks: BoardView['tasks'];
}) {
  return (
    <tr data-state={line.state}>
      <th scope="row">
        {line.workspaceId === null ? (
          line.name
        ) : (
          <Link href={`/cohorts/${cohortId}/work/${line.workspaceId}`} prefetch={false}>
            {line.name}
          </Link>
        )}
      </th>
      <td>{line.state}</td>
      {tasks.map(({ id }) => {
        const outcome = line.tasks[id];
        return (
          <td key={id} data-outcome={outcome ?? 'open'}>
            <span className="visually-hidden">{outcome === undefined ? 'not judged' : WORDS[outcome]}</span>
          </td>
        );
      })}
      <td>{line.why.join(', ')}</td>
    </tr>
  );
}
