import type { Removal } from '../../../lib/server';

/** What a deletion would remove. */
export function RemovalList({ removal }: { readonly removal: Removal }) {
  return (
    <ul style={{ paddingLeft: 'var(--s-5)' }}>
      {removal.map(({ what, count }) => (
        <li key={what}>
          {count} {what}
        </li>
      ))}
    </ul>
  );
}
