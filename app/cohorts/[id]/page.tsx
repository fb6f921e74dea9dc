import type { Metadata } from 'next';
import Link from 'next/link';
import { isStaff, may } from '../../../lib/server';
import buttons from '../../_ui/button.module.css';
import { AssignmentList } from '../_components/assignment-list';
import styles from '../_components/cohort.module.css';
import { openCohort } from '../_components/open-cohort';

/** Title of a cohort's page. */
export const metadata: Metadata = { title: 'Cohort' };

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

const RULES = {
  hints: {
    all: '',
    'called-for': 'Hints come only when a verdict calls for them. ',
    none: 'There are no hints. ',
  },
  solutions: {
    lab: '',
    passed: 'Solutions are shown once a lab is passed.',
    due: 'Solutions are shown once the deadline has passed.',
    never: 'Solutions are not shown.',
  },
} as const;

export default async function CohortPage({ params }: Props) {
  const { id } = await params;
  const cohort = await openCohort(id);
  const { hints, solutions } = cohort;
  const rules =
    RULES.hints[hints as keyof typeof RULES.hints] +
    RULES.solutions[solutions as keyof typeof RULES.solutions];
  return (
    <section className={styles.section} aria-labelledby="labs">
      <h2 id="labs" className="visually-hidden">
        Labs
      </h2>
      <p className={styles.lead}>The best attempt counts, after lateness. {rules}</p>
      {cohort.code === null ? null : (
        <p className={styles.lead}>
          Learners join with the code <strong>{cohort.code}</strong>, or at <code>/join/{cohort.code}</code>.
        </p>
      )}
      {cohort.work.length === 0 ? (
        <p className={styles.lead}>No labs yet. {isStaff(cohort.role) ? 'Assign the first one.' : ''}</p>
      ) : (
        <AssignmentList cohort={cohort} />
      )}
      {may(cohort.role, 'manage') && !cohort.archived ? (
        <div className={styles.actions}>
          <Link className={`${buttons.button} ${buttons.primary}`} href={`/cohorts/${id}/assign`}>
            Assign labs
          </Link>
        </div>
      ) : null}
    </section>
  );
}
