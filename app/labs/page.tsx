import type { Metadata } from 'next';
import { catalogue, currentPerson, progressFor, readCourseView } from '../../lib/server';
import { nextLab } from '../_home/next-lab';
import frame from '../_ui/page-frame.module.css';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';
import { titleOf } from '../_ui/title-of';
import { Catalogue, type ListedBy } from './_catalogue/catalogue';
import { catalogueEntry } from './_catalogue/catalogue-entry';

/** Title and summary of the catalogue. */
export const metadata: Metadata = {
  title: 'Labs',
  description:
    'Every lab of the course by chapter and by skill: what is asked, how long it takes, and how far you are.',
};

interface Props {
  readonly searchParams: Promise<{ readonly by?: unknown; readonly q?: unknown }>;
}

export default async function LabsPage({ searchParams }: Props) {
  const query = await searchParams;
  const by: ListedBy = query.by === 'skill' ? 'skill' : 'chapter';
  const typed = typeof query.q === 'string' ? query.q : '';
  const [labs, course, guest] = await Promise.all([catalogue(), readCourseView(), currentPerson()]);
  const progress = await progressFor(guest);
  const order = course.chapters.flatMap(({ labs: keys }) => keys);
  const next = nextLab(order, progress)?.key;
  const entries = order.flatMap((key) =>
    labs
      .filter(({ track, slug }) => `${track}/${slug}` === key)
      .map((lab) => catalogueEntry(lab, progress, next)),
  );
  const chapters = course.chapters.map(({ id, title, labs: keys }, index) => ({
    id,
    number: index + 1,
    title,
    href: `/chapters/${id}`,
    labs: keys,
  }));
  const skills = [...new Set(entries.flatMap((lab) => lab.skills))].map((name) => ({
    id: name,
    title: titleOf(name),
    href: `/skills#${name}`,
    labs: entries.filter((lab) => lab.skills.includes(name)).map(({ key }) => key),
  }));
  return (
    <>
      <SiteHeader />
      <main id="main" className={`${frame.page} ${frame.wide}`}>
        <header className={frame.head}>
          <h1>Labs</h1>
          <p>
            {entries.length} clusters with something to do in each. Yours has names, ports and faults of its
            own, and the cluster decides whether you are done. <a href="/skills">What they train</a>, or a{' '}
            <a href="/sandbox">cluster without tasks</a>.
          </p>
        </header>
        <Catalogue entries={entries} groups={by === 'chapter' ? chapters : skills} by={by} typed={typed} />
      </main>
      <SiteFooter />
    </>
  );
}
