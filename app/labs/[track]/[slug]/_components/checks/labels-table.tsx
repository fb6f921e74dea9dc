'use client';

import type { VerdictView } from '../../../../../../lib/server';
import styles from './labels-table.module.css';

type Compared = NonNullable<VerdictView['labels']>;

/** What a Service selects beside what a Pod carries, label by label: where the two part is where to look. */
export function LabelsTable({ compared }: { readonly compared: Compared }) {
  const { service, pod, selector, labels } = compared;
  const keys = [...new Set([...Object.keys(selector), ...Object.keys(labels)])];
  return (
    <details className={styles.labels}>
      <summary>Show me: selector and labels, side by side</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Label</th>
            <th scope="col">Service {service} selects</th>
            <th scope="col">Pod {pod} carries</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => {
            const wanted = selector[key];
            const differs = wanted !== undefined && wanted !== labels[key];
            return (
              <tr key={key} data-differs={differs}>
                <th scope="row">{key}</th>
                <td>{wanted ?? '—'}</td>
                <td>
                  {labels[key] ?? '—'}
                  {differs ? <span>differs</span> : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
