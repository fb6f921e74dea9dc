import Link from 'next/link';
import type { OpenLab } from '../../../../../../lib/server';
import { LocalTime } from '../../../../../cohorts/_components/local-time';
import styles from '../lab-header.module.css';

/** Which cohort this place is for, and until when; quiet, in the lab's head. */
export function AssignedNote({ assigned }: { readonly assigned: NonNullable<OpenLab['assigned']> }) {
  return (
    <span className={styles.assigned}>
      <Link href={`/cohorts/${assigned.cohortId}`}>{assigned.cohort}</Link>
      {assigned.dueAt === null ? null : (
        <span className={styles.due}>
          {' due '}
          <LocalTime iso={assigned.dueAt} timeZone={assigned.timeZone} />
        </span>
      )}
    </span>
  );
}
