import type { Removal } from '../../../lib/server';
import styles from './cohort.module.css';

/** What a deletion would remove. */
export function RemovalList({ removal }: { readonly removal: Removal }) {
  return (
    <dl className={styles.facts}>
      {removal.map(({ what, count }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  );
}
