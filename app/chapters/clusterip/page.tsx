import type { Metadata } from 'next';
import Link from 'next/link';
import buttons from '../../_ui/button.module.css';
import { CodeProse } from '../../_ui/code-prose';
import { SiteFooter } from '../../_ui/site-footer';
import { SiteHeader } from '../../_ui/site-header';
import { readChapter } from '../_content/read-chapter';
import styles from './page.module.css';

/** Title and summary of the chapter. */
export const metadata: Metadata = {
  title: 'ClusterIP',
  description:
    'One virtual IP and one name in front of a changing set of Pods, and the path of a request from DNS to the Pod that answers.',
};

const LAB = '/labs/services/clusterip';

export default async function ClusterIpChapter() {
  const prose = await readChapter('clusterip');
  return (
    <>
      <SiteHeader />
      <main id="main" className={styles.page}>
        <header className={styles.head}>
          <p className="caps">Chapter 2</p>
          <h1>ClusterIP</h1>
          <p className={styles.summary}>One name and one address in front of Pods that come and go.</p>
        </header>
        <aside className={styles.side} aria-label="This chapter">
          <nav aria-label="In this chapter">
            <ol>
              {prose.headings.map((heading) => (
                <li key={heading.id}>
                  <a href={`#${heading.id}`}>{heading.text}</a>
                </li>
              ))}
            </ol>
          </nav>
          <p className={styles.lab}>
            <Link className={`${buttons.button} ${buttons.primary}`} href={LAB}>
              Open the lab
            </Link>
            <span>About 25 minutes. You can start there and read later.</span>
          </p>
        </aside>
        <article className={styles.text}>
          <CodeProse html={prose.html} />
          <p className={styles.onward}>
            <Link className={`${buttons.button} ${buttons.primary} ${buttons.large}`} href={LAB}>
              Go to the lab
            </Link>
            <Link href="/chapters">All chapters</Link>
          </p>
        </article>
      </main>
      <SiteFooter />
    </>
  );
}
