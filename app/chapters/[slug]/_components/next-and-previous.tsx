import Link from 'next/link';
import type { Chapter } from '../../../../lib/server';
import styles from './next-and-previous.module.css';

/** The ways on from a chapter: back, forward, and to the list. */
export function NextAndPrevious({
  previous,
  next,
}: {
  readonly previous: Chapter | undefined;
  readonly next: Chapter | undefined;
}) {
  return (
    <nav className={styles.ways} aria-label="Other chapters">
      {previous ? (
        <Link href={`/chapters/${previous.slug}`} rel="prev">
          <span>Chapter {previous.number}</span>
          {previous.title}
        </Link>
      ) : null}
      {next ? (
        <Link className={styles.next} href={`/chapters/${next.slug}`} rel="next">
          <span>Chapter {next.number}</span>
          {next.title}
        </Link>
      ) : null}
      <Link className={styles.all} href="/chapters">
        All chapters
      </Link>
    </nav>
  );
}
