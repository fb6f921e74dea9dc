import type { Metadata } from 'next';
import Link from 'next/link';
import { cohorts, may, type PersonView } from '../../../../lib/server';
import { changePerson, importRoster, renewCode } from '../../_actions/cohort-actions';
import { ActionForm } from '../../_components/action-form';
import styles from '../../_components/cohort.module.css';
import { TextField } from '../../_components/field';
import forms from '../../_components/forms.module.css';
import { LocalTime } from '../../_components/local-time';
import { openCohort, orNotFound } from '../../_components/open-cohort';
import { Table } from '../../_components/table';

/** Title of the page. */
export const metadata: Metadata = { title: 'People' };

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function PeoplePage({ params }: Props) {
  const { id } = await params;
  const cohort = await openCohort(id);
  const people = await orNotFound((asker) => cohorts().people(asker, id));
  const manages = may(cohort.role, 'manage') && !cohort.archived;
  return (
    <>
      <section className={styles.section} aria-labelledby="invite">
        <h2 id="invite">Invite</h2>
        <p>
          Whoever has the code joins as a learner, under a name of their own. A roster gives each person a
          link of their own, with name and role.
        </p>
        <p className={styles.code}>{cohort.code}</p>
        <p className={styles.lead}>
          Link: <code>/join/{cohort.code}</code>
        </p>
        {manages ? <ActionForm action={renewCode.bind(null, id)} submit="Renew the code" quiet /> : null}
      </section>
      {manages ? (
        <section className={styles.section} aria-labelledby="roster">
          <h2 id="roster">Roster</h2>
          <ActionForm action={importRoster.bind(null, id)} submit="Add these people">
            <div className={forms.field}>
              <label htmlFor="roster-file">A CSV file</label>
              <input id="roster-file" type="file" name="file" accept=".csv,text/csv,text/plain" />
            </div>
            <TextField
              label="Or paste it"
              hint="A head names the columns: name, and email, reference, role where there are such."
              name="roster"
            />
          </ActionForm>
        </section>
      ) : null}
      <section className={styles.section} aria-labelledby="people">
        <h2 id="people">
          {people.length} {people.length === 1 ? 'person' : 'people'}
        </h2>
        <Table columns={['Name', 'Role', 'E-mail', 'Reference', 'Joined', ...(manages ? ['Change'] : [])]}>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">{person.name}</th>
              <td>{person.role}</td>
              <td>{person.email}</td>
              <td>{person.reference}</td>
              <td>
                {person.joinedAt === null ? (
                  <code>/join/{person.invite}</code>
                ) : (
                  <LocalTime iso={person.joinedAt} timeZone={cohort.timeZone} />
                )}
              </td>
              {manages ? (
                <td className={styles.does}>
                  <Change cohortId={id} person={person} />
                  {person.joinedAt === null ? null : (
                    <Link href={`/cohorts/${id}/data/${person.id}`} prefetch={false}>
                      Data
                    </Link>
                  )}
                </td>
              ) : null}
            </tr>
          ))}
        </Table>
      </section>
    </>
  );
}

function Change({ cohortId, person }: { readonly cohortId: string; readonly person: PersonView }) {
  const change = changePerson.bind(null, cohortId, person.id);
  if (person.joinedAt === null)
    return (
      <ActionForm action={change} submit="Take off the roster" quiet inline>
        <input type="hidden" name="to" value="remove" />
      </ActionForm>
    );
  return (
    <ActionForm action={change} submit="Change" quiet inline>
      <select name="to" defaultValue={person.role} aria-label={`What ${person.name} becomes`}>
        <option value="learner">learner</option>
        <option value="assistant">assistant</option>
        <option value="instructor">instructor</option>
        <option value="remove">not in the cohort</option>
      </select>
    </ActionForm>
  );
}
