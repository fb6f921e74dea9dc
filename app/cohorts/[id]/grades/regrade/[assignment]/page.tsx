import type { Metadata } from 'next';
import Link from 'next/link';
import { cohorts, type RegradeView } from '../../../../../../lib/server';
import { applyRegrade, startRegrade } from '../../../../_actions/grade-actions';
import { ActionForm } from '../../../../_components/action-form';
import styles from '../../../../_components/cohort.module.css';
import { LocalTime } from '../../../../_components/local-time';
import { openCohort, orNotFound } from '../../../../_components/open-cohort';
import { Refresher } from '../../../../_components/refresher';
import { Table } from '../../../../_components/table';

/** Title of the page. */
export const metadata: Metadata = { title: 'Regrade' };

interface Props {
  readonly params: Promise<{ readonly id: string; readonly assignment: string }>;
}

export default async function RegradePage({ params }: Props) {
  const { id, assignment } = await params;
  const cohort = await openCohort(id);
  const regrades = await orNotFound((asker) => cohorts().regrades(asker, id, assignment));
  const work = cohort.work.find((each) => each.id === assignment);
  const running = regrades.some(({ finished }) => !finished);
  return (
    <>
      {running ? <Refresher everyMs={1_500} /> : null}
      <section className={styles.section} aria-labelledby="regrade">
        <h2 id="regrade">Regrade {work?.title}</h2>
        <p>
          Every stored attempt is brought back from its log and judged by the lab as the catalogue has it now.{' '}
          {work?.newer === true
            ? 'The catalogue has a newer version than the one that was assigned.'
            : 'The catalogue has the version that was assigned: nothing should change.'}{' '}
          You see who changes and why before anything is applied.
        </p>
        <ActionForm action={startRegrade.bind(null, id, assignment)} submit="Judge all attempts again" />
      </section>
      {regrades.map((regrade) => (
        <section key={regrade.id} className={styles.section} aria-label={`Regrade of ${regrade.createdAt}`}>
          <h2>
            <LocalTime iso={regrade.createdAt} timeZone={cohort.timeZone} />
          </h2>
          <p>
            By {regrade.by}.{' '}
            {regrade.finished
              ? `${regrade.total} ${regrade.total === 1 ? 'attempt' : 'attempts'} judged, ${regrade.changes.length} come out otherwise.`
              : `${regrade.done} of ${regrade.total} attempts judged.`}{' '}
            {regrade.applied === null ? '' : `Applied: ${regrade.applied === 'all' ? 'all' : 'upward only'}.`}
          </p>
          {regrade.failed.map((line) => (
            <p key={line} className={styles.lead}>
              Not judged: {line}
            </p>
          ))}
          <Changes cohortId={id} regrade={regrade} timeZone={cohort.timeZone} />
          {regrade.finished && regrade.applied === null ? (
            <div className={styles.actions}>
              <ActionForm action={applyRegrade.bind(null, id, regrade.id, 'all')} submit="Apply all" inline />
              <ActionForm
                action={applyRegrade.bind(null, id, regrade.id, 'upward')}
                submit="Apply upward only"
                quiet
                inline
              />
            </div>
          ) : null}
        </section>
      ))}
    </>
  );
}

function Changes({
  cohortId,
  regrade,
  timeZone,
}: {
  readonly cohortId: string;
  readonly regrade: RegradeView;
  readonly timeZone: string;
}) {
  if (regrade.changes.length === 0) return null;
  const words = ({ passed, score, why }: RegradeView['changes'][number]['after']) =>
    `${passed ? 'Passed' : `${Math.round(score * 100)} percent`}${why === '' ? '' : `. ${why}`}`;
  return (
    <Table columns={['Learner', 'Attempt', 'Was', 'Would be']}>
      {regrade.changes.map((change) => (
        <tr key={change.attemptId}>
          <th scope="row">{change.learner}</th>
          <td>
            <Link href={`/cohorts/${cohortId}/attempts/${change.attemptId}`} prefetch={false}>
              <LocalTime iso={change.at} timeZone={timeZone} />
            </Link>
          </td>
          <td>{words(change.before)}</td>
          <td>{words(change.after)}</td>
        </tr>
      ))}
    </Table>
  );
}
