import type { Metadata } from 'next';
import Link from 'next/link';
import { type Chapter, currentPerson, type ProgressView, progressFor, readChapters } from '../../lib/server';
import frame from '../_ui/page-frame.module.css';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';
import styles from './page.module.css';

/** Title and summary of the index. */
export const metadata: Metadata = {
  title: 'Chapters',
  description:
    'Twenty chapters on Kubernetes Services, from why they exist to a capstone, with labs that the cluster itself grades.',
};

type Progress = readonly ProgressView[];

/** How far somebody is with the chapter's labs; nothing is said of what was not begun. */
function statusOf({ labs, markdown }: Chapter, progress: Progress): { text?: string; status?: string } {
  if (markdown === '') return { text: 'Being written' };
  const seen = progress.filter(({ track, slug }) => labs.includes(`${track}/${slug}`));
  if (seen.length === 0) return {};
  const passed = seen.filter(({ status }) => status === 'passed').length;
  if (passed === labs.length) return { text: 'Passed', status: 'passed' };
  return { text: passed === 0 ? 'Begun' : `${passed} of ${labs.length} passed`, status: 'started' };
}

function Row({ chapter, progress }: { readonly chapter: Chapter; readonly progress: Progress }) {
  const { number, slug, title, summary, labs, markdown } = chapter;
  const { text, status } = statusOf(chapter, progress);
  const open = markdown !== '';
  return (
    <li className={open ? styles.open : styles.planned}>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <div>
        <h2>{open ? <Link href={`/chapters/${slug}`}>{title}</Link> : title}</h2>
        <p>{summary}</p>
      </div>
      <p className={styles.status}>
        {text !== undefined && <span data-status={status}>{text}</span>}
        {labs.map((lab, index) => (
          <Link key={lab} href={`/labs/${lab}`}>
            Lab{labs.length > 1 ? ` ${index + 1}` : ''}
            <span className="visually-hidden"> of {title}</span>
          </Link>
        ))}
      </p>
    </li>
  );
}

export default async function ChaptersPage() {
  const [chapters, guest] = await Promise.all([readChapters(), currentPerson()]);
  const progress = await progressFor(guest);
  return (
    <>
      <SiteHeader />
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>Chapters</h1>
          <p>
            They follow <cite>Kubernetes Services, comprehensive guide</cite> by Fenil Gajjar, in our own
            words, and say where it and Kubernetes differ. What a page shows under a command is what the
            cluster printed: a test types every command of every chapter. The words are kept in a{' '}
            <Link href="/glossary">glossary</Link>.
          </p>
        </header>
        <ol className={styles.list}>
          {chapters.map((chapter) => (
            <Row key={chapter.slug} chapter={chapter} progress={progress} />
          ))}
        </ol>
      </main>
      <SiteFooter />
    </>
  );
}
