import type { Metadata } from 'next';
import { cohorts } from '../../../../lib/server';
import { archiveCohort, copyCohort, editCohort } from '../../_actions/cohort-actions';
import { ActionForm } from '../../_components/action-form';
import styles from '../../_components/cohort.module.css';
import { CohortFields, timeZones } from '../../_components/cohort-fields';
import { Field } from '../../_components/field';
import { openCohort, orNotFound } from '../../_components/open-cohort';

/** Title of the page. */
export const metadata: Metadata = { title: 'Settings' };

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function SettingsPage({ params }: Props) {
  const { id } = await params;
  const cohort = await openCohort(id);
  const values = await orNotFound((asker) => cohorts().settings(asker, id));
  return (
    <>
      {cohort.archived ? null : (
        <section className={styles.section} aria-labelledby="settings">
          <h2 id="settings">Settings</h2>
          <ActionForm action={editCohort.bind(null, id)} submit="Store">
            <CohortFields values={values} zones={timeZones()} />
          </ActionForm>
        </section>
      )}
      <section className={styles.section} aria-labelledby="copy">
        <h2 id="copy">Copy for the next term</h2>
        <p>
          The same labs, rules and staff, without learners. Every date moves on by as many days as you say.
        </p>
        <ActionForm action={copyCohort.bind(null, id)} submit="Copy" quiet>
          <Field label="Name" name="name" value={`${cohort.name}, next term`} />
          <Field label="Days later" name="days" type="number" value="182" short />
        </ActionForm>
      </section>
      <section className={styles.section} aria-labelledby="archive">
        <h2 id="archive">{cohort.archived ? 'Open it again' : 'Archive'}</h2>
        <p>An archived cohort can be read by everybody in it and changed by nobody.</p>
        <ActionForm
          action={archiveCohort.bind(null, id, !cohort.archived)}
          submit={cohort.archived ? 'Open it again' : 'Archive'}
          quiet
        />
      </section>
    </>
  );
}
