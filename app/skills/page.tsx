import type { Metadata } from 'next';
import Link from 'next/link';
import { catalogue, currentPerson, type LabCard, progressFor, readCourseView } from '../../lib/server';
import frame from '../_ui/page-frame.module.css';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';
import { titleOf } from '../_ui/title-of';
import { layOut, skillNodes } from './_graph/lay-out';
import { SkillGraph } from './_graph/skill-graph';
import styles from './page.module.css';

/** Title and summary of the skills map. */
export const metadata: Metadata = {
  title: 'Skills',
  description: 'What the labs train, what each of them needs, and in which order they build on one another.',
};

function LabLinks({ word, labs }: { readonly word: string; readonly labs: readonly LabCard[] }) {
  if (labs.length === 0) return null;
  return (
    <p>
      {word}{' '}
      {labs.map(({ track, slug, title }, index) => (
        <span key={slug}>
          {index > 0 ? ', ' : null}
          <Link href={`/labs/${track}/${slug}`}>{title}</Link>
        </span>
      ))}
    </p>
  );
}

export default async function SkillsPage() {
  const [all, course, guest] = await Promise.all([catalogue(), readCourseView(), currentPerson()]);
  const progress = await progressFor(guest);
  const order = course.chapters.flatMap(({ labs }) => labs);
  const labs = order.flatMap((key) => all.filter(({ track, slug }) => `${track}/${slug}` === key));
  // As the course comes to them.
  const names = [...new Set(labs.flatMap(({ skills }) => skills))];
  const skills = layOut(skillNodes(names, labs));
  const passed = labs.filter(({ track, slug }) =>
    progress.some((own) => own.track === track && own.slug === slug && own.status === 'passed'),
  );
  const known = new Set(passed.flatMap((lab) => lab.skills));
  return (
    <>
      <SiteHeader />
      <main id="main" className={`${frame.page} ${frame.wide}`}>
        <header className={frame.head}>
          <h1>Skills</h1>
          <p>
            What the labs train. A line leads from what is needed to what is learnt with it; what you have
            shown in a lab that you passed is green. Nothing is locked: begin wherever you like.
          </p>
        </header>
        <SkillGraph skills={skills} known={known} />
        <dl className={styles.list}>
          {names.map((name) => {
            const needs = skills.find((skill) => skill.name === name)?.needs ?? [];
            return (
              <div key={name} id={name}>
                <dt>
                  {titleOf(name)}
                  {known.has(name) ? <span className={styles.known}>Shown</span> : null}
                </dt>
                <dd>
                  <p className={styles.what}>{course.skills[name]}</p>
                  {needs.length > 0 ? <p>Builds on {needs.map((need) => titleOf(need)).join(', ')}</p> : null}
                  <LabLinks word="Trained in" labs={labs.filter((lab) => lab.skills.includes(name))} />
                  <LabLinks word="Needed for" labs={labs.filter((lab) => lab.prerequisites.includes(name))} />
                </dd>
              </div>
            );
          })}
        </dl>
      </main>
      <SiteFooter />
    </>
  );
}
