import type { Metadata } from 'next';
import { cohorts } from '../../../../lib/server';
import buttons from '../../../_ui/button.module.css';
import { archiveCohort, copyCohort, editCohort } from '../../_actions/cohort-actions';
import { deleteCohort } from '../../_actions/grade-actions';
import { ActionForm } from '../../_components/action-form';
import styles from '../../_components/cohort.module.css';
import { CohortFields, timeZones } from '../../_components/cohort-fields';
import { Field } from '../../_components/field';
import { openCohort, orNotFound } from '../../_components/open-cohort';
import { RemovalList } from '../../_components/removal-list';

/** Title of the page. */
export const metadata: Metadata = { title: 'Settings' };

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function SettingsPage({ params }: Props) {
  const { id } = await params;
  const cohort = await openCohort(id);
  const removal = await orNotFound((asker) => cohorts().cohortRemoval(asker, id));
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
      <section className={styles.section} aria-labelledby="data">
        <h2 id="data">Data</h2>
        <p>
          People, assignments, results and the audit log as one JSON file. One person’s data is under People.
        </p>
        <div className={styles.actions}>
          <a className={buttons.button} href={`/cohorts/${id}/data/json`} download>
            Export the cohort
          </a>
        </div>
      </section>
      <section className={styles.section} aria-labelledby="delete">
        <h2 id="delete">Remove the cohort</h2>
        <p>This cannot be undone. It would remove:</p>
        <RemovalList removal={removal} />
        <ActionForm action={deleteCohort.bind(null, id)} submit="Remove all this" quiet>
          <Field label="Name" hint={`Type ${cohort.name} to say that you mean it.`} name="confirmed" />
        </ActionForm>
      </section>
    </>
  );
}
