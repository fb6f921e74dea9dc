import Link from 'next/link';
import type { OpenLab } from '../../../../../../lib/server';
import styles from '../lab-header.module.css';

/** Says, under the head, that this is a fork of somebody's work, and where to send from it. */
export function ForkedNote({ forked }: { readonly forked: NonNullable<OpenLab['forked']> }) {
  return (
    <p className={styles.forked}>
      <span>Your fork of {forked.learner}’s work: nothing that you do here reaches theirs.</span>
      <Link href={forked.href}>Send something from it</Link>
    </p>
  );
}
