import type { ReactNode } from 'react';
import styles from './cohort.module.css';

/** A column's head: words, or what stands there in their place. */
export type Column = string | { readonly id: string; readonly head: ReactNode; readonly isNumber?: boolean };

/** A table of a cohort's pages, which scrolls sideways by itself where it is wider than its page. */
export function Table({
  columns,
  label,
  children,
}: {
  readonly columns: readonly Column[];
  /** Names what scrolls, where nothing in the table leads the keyboard there. */
  readonly label?: string;
  /** The rows. */
  readonly children: ReactNode;
}) {
  const table = (
    <table className={styles.table}>
      <thead>
        <tr>
          {columns.map((column) =>
            typeof column === 'string' ? (
              <th key={column} scope="col">
                {column}
              </th>
            ) : (
              <th key={column.id} scope="col" className={column.isNumber ? styles.number : undefined}>
                {column.head}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
  if (label === undefined) return <div className={styles.scroll}>{table}</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={label}>
      {table}
    </section>
  );
}
