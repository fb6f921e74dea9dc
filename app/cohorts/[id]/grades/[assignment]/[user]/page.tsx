import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cohorts, may } from '../../../../../../lib/server';
import { comment, extendDeadline, overridePoints } from '../../../../_actions/grade-actions';
import { ActionForm } from '../../../../_components/action-form';
import styles from '../../../../_components/cohort.module.css';
import { Field, TextField } from '../../../../_components/field';
import { LocalTime } from '../../../../_components/local-time';
import { openCohort, orNotFound } from '../../../../_components/open-cohort';

/** Title of the page. */
export const metadata: Metadata = { title: 'A result' };

interface Props {
  readonly params: Promise<{ readonly id: string; readonly assignment: string; readonly user: string }>;
}

export default async function ResultPage({ params }: Props) {
  const { id, assignment, user } = await params;
  const [cohort, book] = await Promise.all([
    openCohort(id),
    orNotFound((asker) => cohorts().gradebook(asker, id)),
  ]);
  const line = book.lines.find(({ userId }) => userId === user);
  const work = book.work.find((each) => each.id === assignment);
  const cell = line?.cells.find(({ assignmentId }) => assignmentId === assignment);
  if (line === undefined || work === undefined || cell === undefined) notFound();
  const { timeZone } = cohort;
  return (
    <>
      <section className={styles.section} aria-labelledby="result">
        <h2 id="result">
          {line.name}, {work.title}
        </h2>
        <dl className={styles.facts}>
          <dt>Points</dt>
          <dd>
            {cell.points ?? 'none yet'} of {work.points}
            {cell.override === null ? '' : `, set by staff: ${cell.override}`}
          </dd>
          <dt>Earned</dt>
          <dd>
            {cell.earned === null
              ? 'no attempt'
              : `${cell.earned}: ${Math.round((cell.score ?? 0) * 100)} percent of the lab, counted at ${Math.round(cell.factor * 100)} percent`}
          </dd>
          <dt>Attempts</dt>
          <dd>
            {cell.attempts}
            {cell.attemptId === null ? null : (
              <>
                {', '}
                <Link href={`/cohorts/${id}/attempts/${cell.attemptId}`}>replay the one that counts</Link>
              </>
            )}
          </dd>
          <dt>Due</dt>
          <dd>
            {cell.dueAt === null ? 'no deadline' : <LocalTime iso={cell.dueAt} timeZone={timeZone} />}
            {cell.extension === null ? '' : `, extended: ${cell.extension}`}
          </dd>
        </dl>
        {cell.comments.map((text) => (
          <p key={text} className={styles.comment}>
            {text}
          </p>
        ))}
      </section>
      <section className={styles.section} aria-labelledby="comment">
        <h2 id="comment">Comment</h2>
        <p>The learner sees it beside the result.</p>
        <ActionForm action={comment.bind(null, id, assignment, user)} submit="Send">
          <TextField label="Comment" name="text" />
        </ActionForm>
      </section>
      {may(cohort.role, 'grade') ? (
        <>
          <section className={styles.section} aria-labelledby="points">
            <h2 id="points">Set the points</h2>
            <p>They count in place of the grader’s. Leave the field empty to take them back.</p>
            <ActionForm action={overridePoints.bind(null, id, assignment, user)} submit="Set">
              <Field label="Points" name="points" short />
              <Field label="Reason" hint="Kept in the log; the learner sees it." name="reason" />
            </ActionForm>
          </section>
          <section className={styles.section} aria-labelledby="extension">
            <h2 id="extension">Extend the deadline</h2>
            <p>For this learner and this lab. Leave the field empty to take it back.</p>
            <ActionForm action={extendDeadline.bind(null, id, assignment, user)} submit="Extend">
              <Field label={`Due (${timeZone})`} name="due" type="datetime-local" short />
              <Field label="Reason" name="reason" />
            </ActionForm>
          </section>
        </>
      ) : null}
    </>
  );
}
