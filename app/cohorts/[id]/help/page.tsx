import type { Metadata } from 'next';
import Link from 'next/link';
import { cohorts, type HandView } from '../../../../lib/server';
import { answerHand, openFork } from '../../_actions/help-actions';
import { ActionForm } from '../../_components/action-form';
import styles from '../../_components/cohort.module.css';
import { LocalTime } from '../../_components/local-time';
import { openCohort, orNotFound } from '../../_components/open-cohort';
import { Refresher } from '../../_components/refresher';

/** Title of the page. */
export const metadata: Metadata = { title: 'Help' };

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function HelpPage({ params }: Props) {
  const { id } = await params;
  const { timeZone } = await openCohort(id);
  const queue = await orNotFound((asker) => cohorts().queue(asker, id));
  const up = queue.filter(({ endedAt }) => endedAt === null);
  const ended = queue.filter(({ endedAt }) => endedAt !== null);
  return (
    <>
      <Refresher everyMs={5_000} />
      <section className={styles.section} aria-labelledby="raised">
        <h2 id="raised">
          {up.length === 0
            ? 'No hand is raised'
            : `${up.length} raised ${up.length === 1 ? 'hand' : 'hands'}`}
        </h2>
        <p>Learners raise a hand on their lab page. The longest wait comes first.</p>
        <ol className={`${styles.list} ${styles.hands}`}>
          {up.map((hand) => (
            <li key={hand.id}>
              <div>
                <h3>
                  <Link href={`/cohorts/${id}/work/${hand.workspaceId}`}>{hand.learner}</Link>
                </h3>
                <p>
                  {hand.lab}, since <LocalTime iso={hand.raisedAt} timeZone={timeZone} />
                </p>
                {hand.text === '' ? null : <p className={styles.comment}>{hand.text}</p>}
              </div>
              <p>{hand.claimedBy === null ? 'Nobody is there yet' : `${hand.claimedBy} is there`}</p>
              <Answers cohortId={id} hand={hand} />
            </li>
          ))}
        </ol>
      </section>
      {ended.length === 0 ? null : (
        <section className={styles.section} aria-labelledby="settled">
          <h2 id="settled">Settled lately</h2>
          <ul className={styles.list}>
            {ended.map((hand) => (
              <li key={hand.id}>
                <p>
                  <Link href={`/cohorts/${id}/work/${hand.workspaceId}`}>{hand.learner}</Link>, {hand.lab}
                </p>
                <p>{hand.text}</p>
                <p>by {hand.endedBy}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Answers({ cohortId, hand }: { readonly cohortId: string; readonly hand: HandView }) {
  return (
    <div className={styles.answers}>
      {hand.mine ? null : (
        <ActionForm
          action={answerHand.bind(null, cohortId, hand.id, 'claim')}
          submit="Take it up"
          quiet
          inline
        />
      )}
      <ActionForm action={openFork.bind(null, cohortId, hand.workspaceId)} submit="Open a fork" quiet inline>
        <input type="hidden" name="seq" value={hand.seq} />
      </ActionForm>
      <ActionForm action={answerHand.bind(null, cohortId, hand.id, 'resolve')} submit="Settle" quiet inline />
    </div>
  );
}
