'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import styles from './cohort.module.css';

/** The pages of a cohort; the one that is open is marked. */
export function CohortNav({
  base,
  pages,
}: {
  readonly base: string;
  readonly pages: readonly { readonly href: string; readonly title: string }[];
}) {
  const here = usePathname();
  const isHere = (href: string) => (href === '' ? here === base : here.startsWith(`${base}${href}`));
  return (
    <nav className={styles.nav} aria-label="Cohort">
      {pages.map(({ href, title }) => (
        <Link key={href} href={`${base}${href}`} aria-current={isHere(href) ? 'page' : undefined}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
