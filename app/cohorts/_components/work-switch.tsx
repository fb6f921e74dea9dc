import Link from 'next/link';
import type { CohortView } from '../../../lib/server';
import styles from './work-switch.module.css';

/** Which of a cohort's assignments a page is about. */
export function WorkSwitch({
  base,
  cohort,
  shown,
}: {
  readonly base: string;
  readonly cohort: CohortView;
  readonly shown: string;
}) {
  return (
    <nav className={styles.switch} aria-label="Assignments">
      {cohort.work.map(({ id, title }) => (
        <Link key={id} href={`${base}?work=${id}`} aria-current={id === shown ? 'page' : undefined}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
