import type { Metadata } from 'next';
import Link from 'next/link';
import { catalogue, currentPerson, ownData, progressFor, readCourseView } from '../../lib/server';
import buttons from '../_ui/button.module.css';
import frame from '../_ui/page-frame.module.css';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';
import { AttemptList } from './_components/attempt-list';
import { counted } from './_components/counted';
import { SkillMarks } from './_components/skill-marks';
import styles from './page.module.css';

/** Title and summary of the page. */
export const metadata: Metadata = {
  title: 'Progress',
  description: 'What you have shown, skill by skill, every check you asked for, and your data as a file.',
};

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

/** What the last thing done here came to, from the address it led back to. */
function said(
  params: Awaited<Props['searchParams']>,
): { readonly text: string; readonly refused: boolean } | undefined {
  const { refused, deleted, labs, files, attempts, unknown } = params;
  if (typeof refused === 'string') return { text: refused, refused: true };
  if (deleted !== undefined)
    return { text: 'Everything is deleted. Nothing is kept of you.', refused: false };
  if (labs === undefined) return undefined;
  const taken = `Taken: ${counted(Number(files), 'file')} and ${counted(Number(attempts), 'attempt')} in ${counted(Number(labs), 'lab')}.`;
  const left =
    typeof unknown === 'string' && unknown !== '' ? ` Left, because it is not offered here: ${unknown}.` : '';
  return { text: `${taken}${left}`, refused: false };
}

export default async function ProgressPage({ searchParams }: Props) {
  const [labs, course, guest, own, params] = await Promise.all([
    catalogue(),
    readCourseView(),
    currentPerson(),
    ownData(),
    searchParams,
  ]);
  const progress = await progressFor(guest);
  const order = course.chapters.flatMap(({ labs: keys }) => keys);
  const ordered = order.flatMap((key) => labs.filter(({ track, slug }) => `${track}/${slug}` === key));
  const ofCourse = progress.filter(({ track, slug }) => order.includes(`${track}/${slug}`));
  const passed = ofCourse.filter(({ status }) => status === 'passed').length;
  const history = await own?.attempts();
  const message = said(params);
  return (
    <>
      <SiteHeader />
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>Progress</h1>
          <p>
            {passed} of {counted(ordered.length, 'lab')} passed, {ofCourse.length - passed} begun.
          </p>
        </header>
        {message === undefined ? null : (
          <p role="status" className={styles.said} data-refused={message.refused}>
            {message.text}
          </p>
        )}
        <section className={styles.part} aria-labelledby="skills">
          <h2 id="skills">Skills</h2>
          <p>One mark for each lab that trains it; filled when you passed the lab.</p>
          <SkillMarks labs={ordered} progress={progress} />
        </section>
        <section className={styles.part} aria-labelledby="attempts">
          <h2 id="attempts">Attempts</h2>
          {history === undefined || history.all === 0 ? (
            <p>
              None yet. <Link href="/labs">Open a lab</Link> and press <em>Check</em>: each time, the verdicts
              are kept here, and how you came to them can be replayed.
            </p>
          ) : (
            <>
              {history.all > history.shown.length ? (
                <p>
                  The newest {history.shown.length} of {history.all}; the export has all of them.
                </p>
              ) : null}
              <AttemptList attempts={history.shown} />
            </>
          )}
        </section>
        <section className={styles.part} aria-labelledby="yours">
          <h2 id="yours">Your data</h2>
          <p>
            Files, attempts and verdicts as one JSON file. Brought here again, or to another Portside, what is
            already there stays: a file whose name is taken comes beside it, and attempts are marked as
            brought along.
          </p>
          <div className={styles.ways}>
            {own === undefined ? null : (
              <a className={buttons.button} href="/progress/export" download>
                Export
              </a>
            )}
            <form method="post" action="/progress/import" encType="multipart/form-data">
              <label>
                <span className="visually-hidden">A file that was exported here</span>
                <input type="file" name="file" accept="application/json,.json" required />
              </label>
              <button type="submit" className={buttons.button}>
                Import
              </button>
            </form>
            {own === undefined ? null : (
              <Link className={styles.delete} href="/progress/delete" prefetch={false}>
                Delete everything …
              </Link>
            )}
          </div>
        </section>
      </main>
      <SiteFooter />
    </>
  );
}
