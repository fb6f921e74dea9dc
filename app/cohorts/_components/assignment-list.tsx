import Link from 'next/link';
import { type AssignmentView, type CohortView, isStaff, may, type OwnResult } from '../../../lib/server';
import styles from './cohort.module.css';
import { LocalTime } from './local-time';

/** What each assignment asks, when, and how it stands. */
export function AssignmentList({ cohort }: { readonly cohort: CohortView }) {
  const staff = isStaff(cohort.role);
  return (
    <ol className={styles.list}>
      {cohort.work.map((work) => (
        <li key={work.id}>
          <div>
            <h3>
              {work.open || staff ? (
                <Link href={`/labs/${work.track}/${work.slug}?assignment=${work.id}`}>{work.title}</Link>
              ) : (
                work.title
              )}
            </h3>
            <p>
              {work.minutes} min · {work.tasks} {work.tasks === 1 ? 'task' : 'tasks'} · {work.late}
            </p>
            {staff ? null : <Feedback own={work.own} />}
          </div>
          <Dates work={work} timeZone={cohort.timeZone} />
          <div>
            {staff ? (
              <p className={styles.points}>
                {work.points} points
                {may(cohort.role, 'manage') ? (
                  <>
                    <br />
                    <Link href={`/cohorts/${cohort.id}/assign/${work.id}`}>Change</Link>
                  </>
                ) : null}
              </p>
            ) : (
              <p className={styles.points} data-state={work.own.state}>
                {work.own.points === null ? null : `${work.own.points} of `}
                {work.points} {work.points === 1 ? 'point' : 'points'}
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Dates({ work, timeZone }: { readonly work: AssignmentView; readonly timeZone: string }) {
  return (
    <div>
      {work.opensAt === null || work.open ? null : (
        <p>
          Opens <LocalTime iso={work.opensAt} timeZone={timeZone} />
        </p>
      )}
      {work.dueAt === null ? (
        <p>No deadline</p>
      ) : (
        <p>
          Due <LocalTime iso={work.dueAt} timeZone={timeZone} />
          {work.own.extended ? ' (extended for you)' : ''}
        </p>
      )}
      {work.newer ? <p>The catalogue has a newer version; this one stays as assigned.</p> : null}
    </div>
  );
}

function Feedback({ own }: { readonly own: OwnResult }) {
  return (
    <>
      <p>
        {own.state === 'not begun' ? 'Not begun' : own.state === 'begun' ? 'Begun' : 'Passed'}
        {own.late ? <span className={styles.late}> · counted as late</span> : null}
        {own.override === null ? null : ` · points set by staff: ${own.override}`}
      </p>
      {own.attempts.length === 0 ? null : (
        <ol className={styles.attempts} aria-label="Attempts">
          {own.attempts.map((attempt, index) => (
            <li key={attempt.id}>
              <Link href={`/progress/attempts/${attempt.id}`}>
                Attempt {index + 1}
                {attempt.passed ? ', passed' : ''}
                {attempt.counts ? ', counts' : ''}
              </Link>
            </li>
          ))}
        </ol>
      )}
      {own.comments.map((comment) => (
        <p key={comment.at} className={styles.comment}>
          {comment.text} <em>{comment.by}</em>
        </p>
      ))}
    </>
  );
}
