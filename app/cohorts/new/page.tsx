import type { Metadata } from 'next';
import frame from '../../_ui/page-frame.module.css';
import { SiteFooter } from '../../_ui/site-footer';
import { SiteHeader } from '../../_ui/site-header';
import { createCohort } from '../_actions/cohort-actions';
import { ActionForm } from '../_components/action-form';
import styles from '../_components/cohort.module.css';
import { CohortFields, timeZones } from '../_components/cohort-fields';
import { Field } from '../_components/field';

/** Title of the page. */
export const metadata: Metadata = { title: 'A new cohort' };

const EMPTY = { name: '', timeZone: 'UTC', starts: '', ends: '', hints: 'all', solutions: 'lab' };

export default function NewCohortPage() {
  return (
    <>
      <SiteHeader />
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>A new cohort</h1>
          <p>Everything here can be changed later.</p>
        </header>
        <section className={styles.section} aria-label="The cohort">
          <ActionForm action={createCohort} submit="Make the cohort">
            <CohortFields values={EMPTY} zones={timeZones()} />
            <Field label="Your name" hint="As learners see it." name="instructor" required />
          </ActionForm>
        </section>
      </main>
      <SiteFooter />
    </>
  );
}
