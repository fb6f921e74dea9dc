import Link from 'next/link';
import type { OpenLab } from '../../../../../lib/server';
import styles from './lab-header.module.css';

/** Says that this is a fork of somebody's work, and where to send from it. */
export function ForkedNote({ forked }: { readonly forked: NonNullable<OpenLab['forked']> }) {
  return (
    <span className={styles.assigned}>
      Your fork of {forked.learner}’s work: <Link href={forked.href}>send something from it</Link>
    </span>
  );
}
