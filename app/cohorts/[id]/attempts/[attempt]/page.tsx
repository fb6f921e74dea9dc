import type { Metadata } from 'next';
import { cohorts } from '../../../../../lib/server';
import styles from '../../../_components/cohort.module.css';
import { LocalTime } from '../../../_components/local-time';
import { openCohort, orNotFound } from '../../../_components/open-cohort';
import { Replay } from '../../../_components/replay/replay';

/** Title of the page. */
export const metadata: Metadata = { title: 'Replay of an attempt' };

interface Props {
  readonly params: Promise<{ readonly id: string; readonly attempt: string }>;
}

export default async function AttemptPage({ params }: Props) {
  const { id, attempt } = await params;
  const { timeZone } = await openCohort(id);
  const recording = await orNotFound((asker) => cohorts().recording(asker, id, attempt));
  return (
    <section className={styles.section} aria-labelledby="attempt">
      <h2 id="attempt">
        {recording.learner}, {recording.lab}
      </h2>
      <p>
        <LocalTime iso={recording.at} timeZone={timeZone} />, {recording.passed ? 'passed' : 'not passed'}. As
        it was typed since the lab began or was reset; long pauses are cut.
      </p>
      <Replay recording={recording} />
    </section>
  );
}
