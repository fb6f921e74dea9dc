import type { Metadata } from 'next';
import Link from 'next/link';
import { cohorts, type GradeCell, may } from '../../../../lib/server';
import buttons from '../../../_ui/button.module.css';
import styles from '../../_components/cohort.module.css';
import { openCohort, orNotFound } from '../../_components/open-cohort';
import { Table } from '../../_components/table';

/** Title of the page. */
export const metadata: Metadata = { title: 'Grades' };

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function GradesPage({ params }: Props) {
  const { id } = await params;
  const [cohort, book] = await Promise.all([
    openCohort(id),
    orNotFound((asker) => cohorts().gradebook(asker, id)),
  ]);
  return (
    <section className={styles.section} aria-labelledby="book">
      <h2 id="book">Gradebook</h2>
      <p>The best attempt counts, after lateness. A number leads to what it is made of.</p>
      <div className={styles.actions}>
        <a className={buttons.button} href={`/cohorts/${id}/grades/csv`} download>
          CSV
        </a>
        <a className={buttons.button} href={`/cohorts/${id}/grades/csv?as=json`} download>
          JSON
        </a>
        <Link className={buttons.button} href={`/cohorts/${id}/grades/statistics`}>
          Statistics
        </Link>
      </div>
      <Table
        label="Points by learner and lab"
        columns={[
          'Learner',
          ...book.work.map((work) => ({
            id: work.id,
            isNumber: true,
            head: (
              <>
                {work.title}, of {work.points}
                {may(cohort.role, 'grade') ? (
                  <>
                    <br />
                    <Link href={`/cohorts/${id}/grades/regrade/${work.id}`}>Regrade</Link>
                  </>
                ) : null}
              </>
            ),
          })),
          { id: 'total', isNumber: true, head: `Total, of ${book.possible}` },
        ]}
      >
        {book.lines.map((line) => (
          <tr key={line.userId}>
            <th scope="row">{line.name}</th>
            {line.cells.map((cell) => (
              <td key={cell.assignmentId} className={styles.number}>
                <Link href={`/cohorts/${id}/grades/${cell.assignmentId}/${line.userId}`} prefetch={false}>
                  {cell.points ?? '–'}
                </Link>
                <Notes cell={cell} />
              </td>
            ))}
            <td className={styles.number}>{line.total}</td>
          </tr>
        ))}
      </Table>
      {book.lines.length === 0 ? <p className={styles.lead}>Nobody has joined yet.</p> : null}
    </section>
  );
}

function Notes({ cell }: { readonly cell: GradeCell }) {
  const notes = [
    ...(cell.late ? ['late'] : []),
    ...(cell.extension === null ? [] : ['extended']),
    ...(cell.override === null ? [] : ['set']),
    ...(cell.comments.length === 0 ? [] : ['commented']),
  ];
  return notes.length === 0 ? null : <span className={styles.note}> {notes.join(', ')}</span>;
}
