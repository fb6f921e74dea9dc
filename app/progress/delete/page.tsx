import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { ownData } from '../../../lib/server';
import buttons from '../../_ui/button.module.css';
import message from '../../_ui/message-page.module.css';
import { SiteFooter } from '../../_ui/site-footer';
import { SiteHeader } from '../../_ui/site-header';
import { counted } from '../_components/counted';

/** Title of the page. */
export const metadata: Metadata = { title: 'Delete everything', robots: { index: false } };

export default async function DeletePage() {
  const own = await ownData();
  if (own === undefined) redirect('/progress');
  const { workspaces, attempts, passed, cohorts } = await own.count();
  return (
    <>
      <SiteHeader />
      <main id="main" className={message.page}>
        <h1>Delete everything</h1>
        <p>
          What goes: {counted(workspaces, 'cluster')} with files and history, {counted(attempts, 'attempt')}{' '}
          with their verdicts, and the marks of {counted(passed, 'passed lab')}
          {cohorts > 0
            ? `, and your place in ${counted(cohorts, 'cohort')} with what you handed in there`
            : ''}
          . Your own kubectl’s keys end at once.
        </p>
        <p>
          Nothing of it can be brought back, unless you <a href="/progress/export">export it</a> first.
        </p>
        <form className={message.actions} method="post" action="/progress/delete/confirmed">
          <button type="submit" className={buttons.button}>
            Delete all of it
          </button>
          <Link className={`${buttons.button} ${buttons.primary}`} href="/progress">
            Keep it
          </Link>
        </form>
      </main>
      <SiteFooter />
    </>
  );
}
