import type { Metadata } from 'next';
import Link from 'next/link';
import { currentGuest, type ProgressView, progressFor } from '../../lib/server';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';
import { CHAPTERS, type Chapter } from './_content/chapters';
import styles from './page.module.css';

/** Title and summary of the index. */
export const metadata: Metadata = {
  title: 'Chapters',
  description:
    'Twenty chapters on Kubernetes Services, from ClusterIP to a capstone, each with a graded lab.',
};

type Status = ProgressView['status'] | undefined;

function statusText(chapter: Chapter, status: Status): string {
  if (chapter.href === undefined) return 'Being written';
  return status === 'passed' ? 'Passed' : status === 'started' ? 'Begun' : 'Open';
}

function Row({ chapter, status }: { readonly chapter: Chapter; readonly status: Status }) {
  return (
    <li className={chapter.href ? styles.open : styles.planned}>
      <span className={styles.number} aria-hidden="true">
        {chapter.number}
      </span>
      <div>
        <h2>{chapter.href ? <Link href={chapter.href}>{chapter.title}</Link> : chapter.title}</h2>
        <p>{chapter.says}</p>
      </div>
      <p className={styles.status}>
        <span data-status={status}>{statusText(chapter, status)}</span>
        {chapter.lab ? (
          <Link href={`/labs/${chapter.lab.track}/${chapter.lab.slug}`}>
            Lab<span className="visually-hidden"> of {chapter.title}</span>
          </Link>
        ) : null}
      </p>
    </li>
  );
}

export default async function ChaptersPage() {
  const progress = await progressFor(await currentGuest());
  const statusOf = ({ lab }: Chapter) =>
    progress.find(({ track, slug }) => lab?.track === track && lab.slug === slug)?.status;
  return (
    <>
      <SiteHeader />
      <main id="main" className={styles.page}>
        <header className={styles.head}>
          <h1>Chapters</h1>
          <p>
            Chapter 2 is open, with its lab. The others are being written; what each will hold is told below,
            and each opens when its lab grades truly.
          </p>
        </header>
        <ol className={styles.list}>
          {CHAPTERS.map((chapter) => (
            <Row key={chapter.number} chapter={chapter} status={statusOf(chapter)} />
          ))}
        </ol>
      </main>
      <SiteFooter />
    </>
  );
}
