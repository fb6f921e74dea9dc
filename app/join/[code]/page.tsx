import type { Metadata } from 'next';
import Link from 'next/link';
import { cohorts, currentPerson } from '../../../lib/server';
import buttons from '../../_ui/button.module.css';
import frame from '../../_ui/page-frame.module.css';
import { SiteFooter } from '../../_ui/site-footer';
import { SiteHeader } from '../../_ui/site-header';
import { joinCohort } from '../../cohorts/_actions/cohort-actions';
import { ActionForm } from '../../cohorts/_components/action-form';
import styles from '../../cohorts/_components/cohort.module.css';
import { Field } from '../../cohorts/_components/field';

/** Title of the page. */
export const metadata: Metadata = { title: 'Join a cohort', robots: { index: false } };

interface Props {
  readonly params: Promise<{ readonly code: string }>;
}

export default async function JoinPage({ params }: Props) {
  const code = decodeURIComponent((await params).code);
  const invite = await cohorts().invite(await currentPerson(), code);
  return (
    <>
      <SiteHeader />
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>{invite === undefined ? 'No cohort with that code' : invite.cohort}</h1>
          {invite === undefined ? (
            <p>
              The code may have been renewed, or the cohort archived. Ask for it again, or{' '}
              <Link href="/cohorts">type another</Link>.
            </p>
          ) : (
            <p>
              {invite.staff.join(', ')} {invite.staff.length === 1 ? 'teaches' : 'teach'} this cohort and will
              see how you stand with its labs: commands, checks and results.
            </p>
          )}
        </header>
        {invite === undefined ? null : (
          <section className={styles.section} aria-label="Join">
            {invite.member ? (
              <Link className={`${buttons.button} ${buttons.primary}`} href={`/cohorts/${invite.cohortId}`}>
                You are in it: go there
              </Link>
            ) : (
              <ActionForm action={joinCohort.bind(null, code)} submit={`Join as ${invite.role}`}>
                {invite.name === '' ? (
                  <Field label="Your name" hint="As your class knows you." name="name" required />
                ) : (
                  <p>
                    You come as <strong>{invite.name}</strong>.
                  </p>
                )}
              </ActionForm>
            )}
          </section>
        )}
      </main>
      <SiteFooter />
    </>
  );
}
