import type { Metadata } from 'next';
import Link from 'next/link';
import { askerMay, type CohortCard, cohorts, currentPerson } from '../../lib/server';
import buttons from '../_ui/button.module.css';
import frame from '../_ui/page-frame.module.css';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';
import { findCode } from './_actions/cohort-actions';
import { ActionForm } from './_components/action-form';
import styles from './_components/cohort.module.css';
import { Field } from './_components/field';

/** Title and summary of the page. */
export const metadata: Metadata = {
  title: 'Cohorts',
  description: 'The classes that you learn in or teach: their labs, deadlines and results.',
};

export default async function CohortsPage() {
  const guest = await currentPerson();
  const mayMake = await askerMay('cohort.create');
  const [cards, others, expected] =
    guest === undefined
      ? [[], [], []]
      : await Promise.all([cohorts().list(guest), cohorts().listOthers(guest), cohorts().expected(guest)]);
  return (
    <>
      <SiteHeader />
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>Cohorts</h1>
          <p>Classes that work through labs together, with deadlines, results and somebody to ask.</p>
        </header>
        {expected.length === 0 ? null : (
          <section className={styles.section} aria-labelledby="expected">
            <h2 id="expected">You are expected</h2>
            <ul className={styles.list}>
              {expected.map(({ href, cohort, name, role }) => (
                <li key={href}>
                  <h3>
                    <Link href={href} prefetch={false}>
                      {cohort}
                    </Link>
                  </h3>
                  <p>
                    As {name}, {role}
                  </p>
                  <p className={styles.points}>not joined</p>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section className={styles.section} aria-labelledby="yours">
          <h2 id="yours">Yours</h2>
          {cards.length === 0 ? (
            <p>You are in no cohort yet. Join one by its code{mayMake ? ', or make one' : ''}.</p>
          ) : null}
          <CohortList cards={cards} />
        </section>
        <section className={styles.section} aria-labelledby="join">
          <h2 id="join">Join one</h2>
          <ActionForm action={findCode} submit="Go on" quiet>
            <Field
              label="Code"
              hint="Your instructor gave it to you: eight letters and digits."
              name="code"
              short
            />
          </ActionForm>
        </section>
        <section className={styles.section} aria-labelledby="make">
          <h2 id="make">Teach</h2>
          <p>Make a cohort, invite learners, assign labs, and see on a board who is stuck and why.</p>
          {mayMake ? (
            <div className={styles.actions}>
              <Link className={buttons.button} href="/cohorts/new">
                Make a cohort
              </Link>
            </div>
          ) : (
            <p>
              That needs an account with the role of an instructor; an administrator of this place gives it.
            </p>
          )}
        </section>
        {others.length === 0 ? null : (
          <section className={styles.section} aria-labelledby="others">
            <h2 id="others">Other people’s</h2>
            <p>You may come into them as an administrator; their logs will say that you did.</p>
            <CohortList cards={others} areOthers />
          </section>
        )}
      </main>
      <SiteFooter />
    </>
  );
}

function CohortList({
  cards,
  areOthers = false,
}: {
  readonly cards: readonly CohortCard[];
  /** Whether the reader has no role in them. */
  readonly areOthers?: boolean;
}) {
  return (
    <ul className={styles.list}>
      {cards.map(({ id, name, role, learners, assignments, archived, staff }) => (
        <li key={id}>
          <div>
            <h3>
              <Link href={`/cohorts/${id}`}>{name}</Link>
            </h3>
            <p>{staff.length === 0 ? 'Nobody teaches it' : staff.join(', ')}</p>
          </div>
          <p>
            {learners} {learners === 1 ? 'learner' : 'learners'}, {assignments}{' '}
            {assignments === 1 ? 'lab' : 'labs'}
          </p>
          <p className={styles.points}>{archived ? 'archived' : areOthers ? '' : role}</p>
        </li>
      ))}
    </ul>
  );
}
