import { cookies } from 'next/headers';
import Link from 'next/link';
import { currentPerson } from '../../lib/server';
import { Mark } from './mark';
import styles from './site-header.module.css';
import { SiteNav } from './site-nav';
import { readTheme, THEME_COOKIE } from './theme';
import { ThemeToggle } from './theme-toggle';

/** The head of every reading page: name, ways on, who is here, light. */
export async function SiteHeader() {
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  const person = await currentPerson();
  return (
    <header className={styles.header}>
      <a className="skip" href="#main">
        Skip to the text
      </a>
      <Link className={styles.name} href="/">
        <Mark />
        <span>Portside</span>
      </Link>
      <SiteNav />
      {person === undefined || person.isGuest ? (
        <Link className={styles.person} href="/sign-in">
          Sign in
        </Link>
      ) : (
        <Link className={styles.person} href="/account" title={`Account of ${person.name}`}>
          <span className="visually-hidden">Account of </span>
          {person.name}
        </Link>
      )}
      <ThemeToggle initial={theme} />
    </header>
  );
}
