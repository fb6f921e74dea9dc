import type { Metadata } from 'next';
import Link from 'next/link';
import { catalogue, currentPerson, progressFor, readCourseView } from '../../lib/server';
import { nextLab } from '../_home/next-lab';
import frame from '../_ui/page-frame.module.css';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';
import { titleOf } from '../_ui/title-of';
import { Catalogue } from './_catalogue/catalogue';
import { catalogueEntry } from './_catalogue/catalogue-entry';

/** Title and summary of the catalogue. */
export const metadata: Metadata = {
  title: 'Labs',
  description:
    'Every lab of the course by chapter and by skill: what is asked, how long it takes, and how far you are.',
};

export default async function LabsPage() {
  const [labs, course, guest] = await Promise.all([catalogue(), readCourseView(), currentPerson()]);
  const progress = await progressFor(guest);
  const order = course.chapters.flatMap(({ labs: keys }) => keys);
  const next = nextLab(order, progress)?.key;
  const entries = order.flatMap((key) =>
    labs
      .filter(({ track, slug }) => `${track}/${slug}` === key)
      .map((lab) => catalogueEntry(lab, progress, next)),
  );
  const chapters = course.chapters.map(({ id, title, labs: keys }) => ({
    id,
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
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>Labs</h1>
          <p>
            {entries.length} clusters with something to do in each. Yours has names, ports and faults of its
            own, and the cluster decides whether you are done. <Link href="/skills">What they train</Link>, or
            a <Link href="/sandbox">cluster without tasks</Link>.
          </p>
        </header>
        <Catalogue entries={entries} chapters={chapters} skills={skills} />
      </main>
      <SiteFooter />
    </>
  );
}
