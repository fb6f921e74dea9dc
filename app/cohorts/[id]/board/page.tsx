import type { Metadata } from 'next';
import { cohorts } from '../../../../lib/server';
import styles from '../../_components/cohort.module.css';
import { openCohort, orNotFound } from '../../_components/open-cohort';
import { WorkSwitch } from '../../_components/work-switch';
import { dueNext } from './_components/due-next';
import { LiveBoard } from './_components/live-board';
import { packBoard } from './_components/packed-board';

/** Title of the page. */
export const metadata: Metadata = { title: 'Board' };

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

export default async function BoardPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { work } = await searchParams;
  const cohort = await openCohort(id);
  const shown = cohort.work.find((each) => each.id === work) ?? dueNext(cohort.work, new Date());
  if (shown === undefined)
    return <p className={styles.lead}>The board shows how learners stand once a lab is assigned and open.</p>;
  const board = await orNotFound((asker) => cohorts().board(asker, id, shown.id));
  return (
    <>
      <WorkSwitch base={`/cohorts/${id}/board`} cohort={cohort} shown={shown.id} />
      <LiveBoard
        key={shown.id}
        cohortId={id}
        assignmentId={shown.id}
        title={shown.title}
        initial={packBoard(board)}
      />
    </>
  );
}
