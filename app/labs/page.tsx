import type { Metadata } from 'next';
import Link from 'next/link';
import {
  catalogue,
  currentPerson,
  type LabCard,
  type ProgressView,
  progressFor,
  readCourseView,
} from '../../lib/server';
import frame from '../_ui/page-frame.module.css';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';
import styles from './page.module.css';

/** Title and summary of the catalogue. */
export const metadata: Metadata = {
  title: 'Labs',
  description: 'Every lab of the course by chapter: what is asked, how long it takes, and how far you are.',
};

const WORDS = { started: 'Begun', passed: 'Passed' } as const;

function Row({ lab, progress }: { readonly lab: LabCard; readonly progress: readonly ProgressView[] }) {
  const own = progress.find(({ track, slug }) => track === lab.track && slug === lab.slug);
  return (
    <li>
      <div>
        <h3>
          <Link href={`/labs/${lab.track}/${lab.slug}`}>{lab.title}</Link>
        </h3>
        <p>{lab.summary}</p>
      </div>
      <p className={styles.facts}>
        <span>{lab.minutes} min</span>
        <span>
          {lab.tasks} {lab.tasks === 1 ? 'task' : 'tasks'}
        </span>
        {own ? <span data-status={own.status}>{WORDS[own.status]}</span> : null}
      </p>
    </li>
  );
}

export default async function LabsPage() {
  const [labs, course, guest] = await Promise.all([catalogue(), readCourseView(), currentPerson()]);
  const progress = await progressFor(guest);
  const byKey = new Map(labs.map((lab) => [`${lab.track}/${lab.slug}`, lab]));
  const groups = course.chapters
    .map(({ id, title, labs: keys }) => ({ id, title, labs: keys.flatMap((key) => byKey.get(key) ?? []) }))
    .filter((group) => group.labs.length > 0);
  return (
    <>
      <SiteHeader />
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>Labs</h1>
          <p>
            {labs.length} clusters with something to do in each. Yours has names, ports and faults of its own,
            and the cluster decides whether you are done. <Link href="/skills">What they train</Link>, or a{' '}
            <Link href="/sandbox">cluster without tasks</Link>.
          </p>
        </header>
        {groups.map(({ id, title, labs: own }) => (
          <section key={id} className={styles.chapter} aria-labelledby={`chapter-${id}`}>
            <h2 id={`chapter-${id}`}>
              <Link href={`/chapters/${id}`}>{title}</Link>
            </h2>
            <ol className={styles.list}>
              {own.map((lab) => (
                <Row key={lab.slug} lab={lab} progress={progress} />
              ))}
            </ol>
          </section>
        ))}
      </main>
      <SiteFooter />
    </>
  );
}
