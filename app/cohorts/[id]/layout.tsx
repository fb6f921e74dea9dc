import type { ReactNode } from 'react';
import { isStaff, may } from '../../../lib/server';
import frame from '../../_ui/page-frame.module.css';
import { SiteFooter } from '../../_ui/site-footer';
import { SiteHeader } from '../../_ui/site-header';
import styles from '../_components/cohort.module.css';
import { CohortNav } from '../_components/cohort-nav';
import { LocalTime } from '../_components/local-time';
import { openCohort } from '../_components/open-cohort';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly children: ReactNode;
}

/** The frame of a cohort's pages: its name and the ways between them. */
export default async function CohortLayout({ params, children }: Props) {
  const { id } = await params;
  const cohort = await openCohort(id);
  const { role, timeZone, startsAt, endsAt } = cohort;
  const pages = [
    { href: '', title: 'Labs', leadsTo: '/assign' },
    ...(isStaff(role)
      ? [
          { href: '/board', title: 'Board', leadsTo: '/work' },
          { href: '/help', title: 'Help' },
          { href: '/grades', title: 'Grades', leadsTo: '/attempts' },
          { href: '/people', title: 'People', leadsTo: '/data' },
        ]
      : []),
    ...(may(role, 'manage')
      ? [
          { href: '/audit', title: 'Audit' },
          { href: '/settings', title: 'Settings' },
        ]
      : []),
  ];
  return (
    <>
      <SiteHeader />
      <main id="main" className={`${frame.page} ${frame.wide}`}>
        <header className={styles.head}>
          <h1>{cohort.name}</h1>
          <p>
            {cohort.staff.join(', ')}
            {startsAt === null ? null : (
              <>
                {' · from '}
                <LocalTime iso={startsAt} timeZone={timeZone} />
              </>
            )}
            {endsAt === null ? null : (
              <>
                {' · until '}
                <LocalTime iso={endsAt} timeZone={timeZone} />
              </>
            )}
            {cohort.archived ? ' · archived' : ''}
          </p>
          {pages.length > 1 ? <CohortNav base={`/cohorts/${id}`} pages={pages} /> : null}
        </header>
        {children}
      </main>
      <SiteFooter />
    </>
  );
}
