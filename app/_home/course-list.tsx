import { catalogue, currentPerson, progressFor, readCourseView } from '../../lib/server';
import styles from './course-list.module.css';
import { howFar } from './how-far';

const WORDS = { open: '', begun: ', begun', passed: ', passed' } as const;

/** The course in one look: its chapters one after the other, and how far the reader is. */
export async function CourseList() {
  const [{ chapters }, labs, person] = await Promise.all([readCourseView(), catalogue(), currentPerson()]);
  const progress = await progressFor(person);
  return (
    <nav className={styles.course} aria-labelledby="course-title">
      <header>
        <h2 id="course-title" className="caps">
          The course
        </h2>
        <p>
          {chapters.length} chapters, <a href="/labs">{labs.length} labs</a>
        </p>
      </header>
      <ol>
        {chapters.map(({ id, title, labs: keys }, index) => {
          const far = howFar(keys, progress);
          return (
            <li key={id} data-far={far}>
              <span aria-hidden="true">{index + 1}</span>
              <a href={`/chapters/${id}`}>
                {title}
                {far === 'open' ? null : <span className="visually-hidden">{WORDS[far]}</span>}
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
