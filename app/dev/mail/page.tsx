import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Fragment } from 'react';
import { keptMails } from '../../../lib/server';
import frame from '../../_ui/page-frame.module.css';
import { SiteHeader } from '../../_ui/site-header';
import styles from './page.module.css';

/** Title of the page. */
export const metadata: Metadata = { title: 'Mails', robots: 'noindex' };

/** A mail's text with its links as links. */
function Text({ text }: { readonly text: string }) {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part, index) => (
      <Fragment key={index}>{index % 2 === 1 ? <a href={part}>{part}</a> : part}</Fragment>
    ));
}

export default async function MailPage() {
  const mails = await keptMails();
  if (mails === undefined) notFound();
  return (
    <>
      <SiteHeader />
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>Mails</h1>
          <p>What would have been sent, newest first. There is no such page in production.</p>
        </header>
        {mails.length === 0 ? (
          <p className={styles.none}>Nothing yet: sign up, or ask for a new password.</p>
        ) : null}
        {mails.map(({ at, to, subject, text }) => (
          <article key={`${at} ${to} ${subject}`} className={styles.mail}>
            <h2>{subject}</h2>
            <p className={styles.facts}>
              {to} · <time dateTime={at}>{at}</time>
            </p>
            <pre className={styles.text}>
              <Text text={text} />
            </pre>
          </article>
        ))}
      </main>
    </>
  );
}
