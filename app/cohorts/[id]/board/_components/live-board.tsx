'use client';

import { useState } from 'react';
import { useEventStream } from '../../../../_client/event-stream';
import styles from './board.module.css';
import { boardAfter } from './board-after';
import { BoardGrid } from './board-grid';
import { BoardGroups } from './board-groups';
import { type PackedBoard, unpackBoard } from './packed-board';

const STATES = ['done', 'working', 'stuck', 'away', 'not begun'] as const;

/** A cohort at one assignment, as it is now and as it changes. */
export function LiveBoard({
  cohortId,
  assignmentId,
  title,
  initial,
}: {
  readonly cohortId: string;
  readonly assignmentId: string;
  readonly title: string;
  readonly initial: PackedBoard;
}) {
  const address = `/cohorts/${cohortId}/board/events?work=${assignmentId}`;
  const [first] = useState(() => unpackBoard(initial));
  const { latest: board, connected } = useEventStream(address, first, boardAfter);
  const [chosen, choose] = useState<string>();
  return (
    <div className={styles.board}>
      <div className={styles.counts}>
        <h2 className="visually-hidden">{title}</h2>
        <dl>
          {STATES.map((state) => (
            <div key={state} data-state={state}>
              <dt>
                <span className={styles.sign} data-state={state} aria-hidden="true" /> {state}
              </dt>
              <dd>{board.counts[state]}</dd>
            </div>
          ))}
        </dl>
        <p className={styles.live} data-connected={connected}>
          {connected ? 'Live' : 'Not live: connecting'}
        </p>
      </div>
      <BoardGrid cohortId={cohortId} title={title} board={board} chosen={chosen} />
      <BoardGroups
        cohortId={cohortId}
        assignmentId={assignmentId}
        board={board}
        chosen={chosen}
        choose={choose}
      />
    </div>
  );
}
