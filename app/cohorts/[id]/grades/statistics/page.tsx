import type { Metadata } from 'next';
import { cohorts, type WorkStatistics } from '../../../../../lib/server';
import { BarPlot } from '../../../../_ui/plot/bar-plot';
import { bins } from '../../../../_ui/plot/bins';
import styles from '../../../_components/cohort.module.css';
import { orNotFound } from '../../../_components/open-cohort';
import { Table } from '../../../_components/table';
import plots from './statistics.module.css';

/** Title of the page. */
export const metadata: Metadata = { title: 'Statistics' };

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

const asBars = (counts: readonly { readonly count: number; readonly learners: number }[]) =>
  counts.map(({ count, learners }) => ({ label: String(count), value: learners }));

export default async function StatisticsPage({ params }: Props) {
  const { id } = await params;
  const all = await orNotFound((asker) => cohorts().statistics(asker, id));
  if (all.length === 0)
    return <p className={styles.lead}>There is nothing to count before a lab is assigned.</p>;
  return all.map((work) => (
    <section key={work.id} className={styles.section} aria-labelledby={`work-${work.id}`}>
      <h2 id={`work-${work.id}`}>{work.title}</h2>
      <p>
        {work.begun === 0
          ? `None of ${work.learners} learners has begun.`
          : `Begun: ${work.begun} of ${work.learners}. Passed: ${work.passed}.`}
      </p>
      {work.begun === 0 ? null : <Counted work={work} />}
    </section>
  ));
}

function Counted({ work }: { readonly work: WorkStatistics }) {
  return (
    <>
      <div className={plots.plots}>
        <BarPlot title="Attempts until passed" bars={asBars(work.attempts)} across="attempts" up="learners" />
        <BarPlot
          title="Minutes at work until passed"
          bars={bins(work.minutes)}
          across="minutes"
          up="learners"
        />
      </div>
      <Tasks work={work} />
    </>
  );
}

function Tasks({ work }: { readonly work: WorkStatistics }) {
  return (
    <Table columns={['Task', 'Met by', 'Attempts it took', 'Verdicts seen most']}>
      {work.tasks.map((task) => (
        <tr key={task.id}>
          <th scope="row">{task.title}</th>
          <td className={styles.brief}>{`${task.met} of ${work.begun}`}</td>
          <td className={styles.brief}>
            {task.attempts.map(({ count, learners }) => `${count} (${learners}×)`).join(', ') || '–'}
          </td>
          <td>
            {task.verdicts.length === 0 ? (
              '–'
            ) : (
              <ol className={plots.verdicts}>
                {task.verdicts.map((verdict) => (
                  <li key={verdict.example}>
                    {verdict.example} ({verdict.learners} {verdict.learners === 1 ? 'learner' : 'learners'},{' '}
                    {verdict.times}×)
                  </li>
                ))}
              </ol>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}
