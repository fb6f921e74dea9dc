import type { Metadata } from 'next';
import Link from 'next/link';
import buttons from './_ui/button.module.css';
import styles from './_ui/message-page.module.css';
import { SiteHeader } from './_ui/site-header';

/** Title of the page that is not there. */
export const metadata: Metadata = { title: 'Not on the chart' };

export default function NotFound() {
  return (
    <>
      <SiteHeader />
      <main id="main" className={styles.page}>
        <p className="caps">404</p>
        <h1>Not on the chart</h1>
        <p>There is no page at this address, or it is not for you to see.</p>
        <p className={styles.actions}>
          <Link className={`${buttons.button} ${buttons.primary}`} href="/chapters">
            Chapters
          </Link>
          <Link className={buttons.button} href="/labs">
            Labs
          </Link>
          <Link className={buttons.button} href="/">
            Front page
          </Link>
        </p>
      </main>
    </>
  );
}
