'use client';

import type { BoardGroupView, BoardView } from '../../../../../lib/server';
import buttons from '../../../../_ui/button.module.css';
import { titleOf } from '../../../../_ui/title-of';
import { withdrawHint, writeHint } from '../../../_actions/help-actions';
import { ActionForm } from '../../../_components/action-form';
import { TextField } from '../../../_components/field';
import styles from './board.module.css';

/** Where learners stand still, by what their verdicts mean; a hint written here reaches all who stand there. */
export function BoardGroups({
  cohortId,
  assignmentId,
  board,
  chosen,
  choose,
}: {
  readonly cohortId: string;
  readonly assignmentId: string;
  readonly board: BoardView;
  readonly chosen: string | undefined;
  choose(key: string | undefined): void;
}) {
  if (board.groups.length === 0)
    return <p className={styles.none}>Nobody stands before a verdict that is not met.</p>;
  return (
    <section aria-labelledby="groups">
      <h3 id="groups">Where they stand</h3>
      <ol className={styles.groups}>
        {board.groups.map((group) => {
          const key = `${group.task} ${group.check} ${group.says}`;
          return (
            <li key={key}>
              <Group
                group={group}
                total={board.lines.length}
                title={board.tasks.find(({ id }) => id === group.task)?.title ?? group.task}
                isChosen={chosen === key}
                choose={() => choose(chosen === key ? undefined : key)}
              />
              <div className={styles.hints}>
                {group.hints.map((hint) => (
                  <div key={hint.id} className={styles.hint}>
                    <p>
                      {hint.text} <em>{hint.by}</em>
                    </p>
                    <ActionForm
                      action={withdrawHint.bind(null, cohortId, hint.id)}
                      submit="Take back"
                      quiet
                      inline
                    />
                  </div>
                ))}
                <details>
                  <summary>Write a hint for them</summary>
                  <ActionForm
                    action={writeHint.bind(null, cohortId, assignmentId)}
                    submit="Send to all of them"
                  >
                    <input type="hidden" name="task" value={group.task} />
                    <input type="hidden" name="check" value={group.check} />
                    <input type="hidden" name="says" value={group.says} />
                    <TextField
                      label="Hint"
                      hint="Markdown. It is shown to everybody whose verdict means this, now and later."
                      name="text"
                    />
                  </ActionForm>
                </details>
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Group({
  group,
  total,
  title,
  isChosen,
  choose,
}: {
  readonly group: BoardGroupView;
  readonly total: number;
  readonly title: string;
  readonly isChosen: boolean;
  choose(): void;
}) {
  return (
    <div className={styles.group}>
      <p className={styles.size}>
        {group.learners.length} of {total}
      </p>
      <div>
        <p className={styles.where}>
          {title} · {titleOf(group.check)}
        </p>
        <p>{group.example}</p>
      </div>
      <button type="button" className={buttons.button} aria-pressed={isChosen} onClick={choose}>
        {isChosen ? 'Show all' : 'Show them'}
      </button>
    </div>
  );
}
