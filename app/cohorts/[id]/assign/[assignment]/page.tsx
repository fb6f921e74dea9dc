import type { Metadata } from 'next';
import { cohorts } from '../../../../../lib/server';
import { editAssignment, removeAssignment } from '../../../_actions/cohort-actions';
import { ActionForm } from '../../../_components/action-form';
import styles from '../../../_components/cohort.module.css';
import { openCohort, orNotFound } from '../../../_components/open-cohort';
import { WorkFields } from '../../../_components/work-fields';

/** Title of the page. */
export const metadata: Metadata = { title: 'Change an assignment' };

interface Props {
  readonly params: Promise<{ readonly id: string; readonly assignment: string }>;
}

export default async function EditAssignmentPage({ params }: Props) {
  const { id, assignment } = await params;
  const { timeZone } = await openCohort(id);
  const values = await orNotFound((asker) => cohorts().assignment(asker, id, assignment));
  return (
    <>
      <section className={styles.section} aria-labelledby="change">
        <h2 id="change">{values.title}</h2>
        <ActionForm action={editAssignment.bind(null, id, assignment)} submit="Store">
          <WorkFields values={values} timeZone={timeZone} />
        </ActionForm>
      </section>
      <section className={styles.section} aria-labelledby="remove">
        <h2 id="remove">Take it away</h2>
        <p>
          Removes the assignment with its extensions, overrides, comments, group hints and regrades. Learners
          keep their clusters and attempts.
        </p>
        <ActionForm action={removeAssignment.bind(null, id, assignment)} submit="Take it away" quiet />
      </section>
    </>
  );
}
