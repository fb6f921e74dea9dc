import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { catalogue, may, readCourseView } from '../../../../lib/server';
import { assignLabs } from '../../_actions/cohort-actions';
import { ActionForm } from '../../_components/action-form';
import styles from '../../_components/cohort.module.css';
import forms from '../../_components/forms.module.css';
import { openCohort } from '../../_components/open-cohort';
import { WorkFields } from '../../_components/work-fields';

/** Title of the page. */
export const metadata: Metadata = { title: 'Assign labs' };

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

const FIRST = { opens: '', due: '', points: '10', late: 'per-day', percent: '10', atLeast: '50' };

export default async function AssignPage({ params }: Props) {
  const { id } = await params;
  const [cohort, labs, course] = await Promise.all([openCohort(id), catalogue(), readCourseView()]);
  if (!may(cohort.role, 'manage')) notFound();
  const given = new Set(cohort.work.map(({ track, slug }) => `${track}/${slug}`));
  return (
    <section className={styles.section} aria-labelledby="assign">
      <h2 id="assign">Assign labs</h2>
      <p>A lab is given at the version it has today, and stays that version for this cohort.</p>
      <ActionForm action={assignLabs.bind(null, id)} submit="Assign">
        <WorkFields values={FIRST} timeZone={cohort.timeZone} />
        {course.chapters.map((chapter) => (
          <fieldset key={chapter.id} className={forms.fieldset}>
            <legend>{chapter.title}</legend>
            <div className={forms.checks}>
              {chapter.labs
                .flatMap((key) => labs.filter(({ track, slug }) => key === `${track}/${slug}`))
                .map(({ track, slug, title, minutes }) => (
                  <label key={slug}>
                    <input type="checkbox" name="lab" value={`${track}/${slug}`} />
                    <span>
                      {title} ({minutes} min{given.has(`${track}/${slug}`) ? ', assigned already' : ''})
                    </span>
                  </label>
                ))}
            </div>
          </fieldset>
        ))}
      </ActionForm>
    </section>
  );
}
