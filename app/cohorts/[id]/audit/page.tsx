import type { Metadata } from 'next';
import Link from 'next/link';
import { cohorts } from '../../../../lib/server';
import styles from '../../_components/cohort.module.css';
import { LocalTime } from '../../_components/local-time';
import { openCohort, orNotFound } from '../../_components/open-cohort';
import { Table } from '../../_components/table';

/** Title of the page. */
export const metadata: Metadata = { title: 'Audit log' };

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

export default async function AuditPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { before } = await searchParams;
  const from = typeof before === 'string' ? before : undefined;
  const { timeZone } = await openCohort(id);
  const lines = await orNotFound((asker) => cohorts().audit(asker, id, from));
  return (
    <section className={styles.section} aria-labelledby="log">
      <h2 id="log">Audit log</h2>
      <p>What staff did and saw, newest first. Nobody can change it.</p>
      <Table columns={['When', 'Who', 'What', 'Whom', 'Further']}>
        {lines.map((line) => (
          <tr key={line.id}>
            <td>
              <LocalTime iso={line.at} timeZone={timeZone} />
            </td>
            <td>{line.actor}</td>
            <td>{line.action}</td>
            <td>{line.subject}</td>
            <td>{line.details.join(', ')}</td>
          </tr>
        ))}
      </Table>
      {lines.length < 200 ? null : (
        <p className={styles.lead}>
          <Link href={`/cohorts/${id}/audit?before=${lines.at(-1)?.id}`}>Older lines</Link>
        </p>
      )}
    </section>
  );
}
