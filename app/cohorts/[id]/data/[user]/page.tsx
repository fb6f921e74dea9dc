import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cohorts } from '../../../../../lib/server';
import buttons from '../../../../_ui/button.module.css';
import { deletePerson } from '../../../_actions/grade-actions';
import { ActionForm } from '../../../_components/action-form';
import styles from '../../../_components/cohort.module.css';
import { Field } from '../../../_components/field';
import { orNotFound } from '../../../_components/open-cohort';
import { RemovalList } from '../../../_components/removal-list';

/** Title of the page. */
export const metadata: Metadata = { title: 'A person’s data' };

interface Props {
  readonly params: Promise<{ readonly id: string; readonly user: string }>;
}

export default async function PersonDataPage({ params }: Props) {
  const { id, user } = await params;
  const [removal, people] = await Promise.all([
    orNotFound((asker) => cohorts().personRemoval(asker, id, user)),
    orNotFound((asker) => cohorts().people(asker, id)),
  ]);
  const person = people.find((each) => each.id === user);
  if (person === undefined) notFound();
  return (
    <>
      <section className={styles.section} aria-labelledby="export">
        <h2 id="export">{person.name}: everything that is kept</h2>
        <p>Membership, every input of their assigned labs, attempts, results, questions and what was sent.</p>
        <div className={styles.actions}>
          <a className={buttons.button} href={`/cohorts/${id}/data/json?user=${user}`} download>
            Export as JSON
          </a>
        </div>
      </section>
      <section className={styles.section} aria-labelledby="remove">
        <h2 id="remove">Remove it</h2>
        <p>This cannot be undone. It would remove:</p>
        <RemovalList removal={removal} />
        <ActionForm action={deletePerson.bind(null, id, user)} submit="Remove all this" quiet>
          <Field label="Name" hint={`Type ${person.name} to say that you mean it.`} name="confirmed" />
        </ActionForm>
      </section>
    </>
  );
}
