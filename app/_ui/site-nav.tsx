'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import styles from './site-header.module.css';

const WAYS = [
  ['/chapters', 'Chapters'],
  ['/labs', 'Labs'],
  ['/skills', 'Skills'],
  ['/sandbox', 'Sandbox'],
  ['/progress', 'Progress'],
  ['/cohorts', 'Cohorts'],
] as const;

/** The ways on, with the one marked on which the reader is. */
export function SiteNav() {
  const path = usePathname();
  return (
    <nav className={styles.nav} aria-label="Site">
      {WAYS.map(([href, name]) => (
        <Link key={href} href={href} aria-current={current(path, href)}>
          {name}
        </Link>
      ))}
    </nav>
  );
}

function current(path: string, href: string): 'page' | 'true' | undefined {
  if (path === href) return 'page';
  return path.startsWith(`${href}/`) ? 'true' : undefined;
}
