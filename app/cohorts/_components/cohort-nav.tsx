'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import styles from './cohort.module.css';

/** The pages of a cohort; the one that is open is marked, and the one that leads to what is open. */
export function CohortNav({
  base,
  pages,
}: {
  readonly base: string;
  readonly pages: readonly {
    readonly href: string;
    readonly title: string;
    /** Where it leads beside what lies below it. */
    readonly leadsTo?: string;
  }[];
}) {
  const here = usePathname();
  const current = (href: string, leadsTo: string | undefined) => {
    if (here === `${base}${href}`) return 'page';
    const ways = [href, leadsTo].filter((way) => way !== undefined && way !== '');
    return ways.some((way) => `${here}/`.startsWith(`${base}${way}/`)) ? 'true' : undefined;
  };
  return (
    <nav className={styles.nav} aria-label="Cohort">
      {pages.map(({ href, title, leadsTo }) => (
        <Link key={href} href={`${base}${href}`} aria-current={current(href, leadsTo)}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
