'use client';

import { wayKey } from '../../../../../_client/lab/lab-state';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import { ClusterView } from '../cluster-view';
import styles from './lesson-picture.module.css';

/** A request's way to a name, sent on a copy of the cluster when asked for. */
function RequestPath({ host }: { readonly host: HTMLElement }) {
  const { to = '', port = '80', from } = host.dataset;
  const link = useLabLink();
  const connected = useLab((state) => state.connection.phase === 'open');
  const way = useLab((state) => state.ways[wayKey(to, Number(port), from)]);
  return (
    <figure className={styles.path}>
      <figcaption>
        <span>
          A request to <code>{`${to}:${port}`}</code>
          {way === undefined ? '' : ` from ${way.from}: ${way.outcome}`}
        </span>
        <button
          type="button"
          className={buttons.button}
          disabled={!connected}
          onClick={() => link.trace(to, Number(port), from)}
        >
          {way === undefined ? 'Show its way' : 'Show it again'}
        </button>
      </figcaption>
      {way === undefined ? null : (
        <ol>
          {way.trace.map((hop, index) => (
            <li key={`${index}-${hop.at}`}>
              <b>{hop.at}</b> {hop.effect}
              {hop.detail === undefined ? null : <small>{hop.detail}</small>}
              {hop.rule === '' ? null : <code>{hop.rule}</code>}
            </li>
          ))}
        </ol>
      )}
    </figure>
  );
}

/** A picture of the lesson, drawn from the cluster as it is. */
export function LessonPicture({ host }: { readonly host: HTMLElement }) {
  return host.dataset.picture === 'path' ? (
    <RequestPath host={host} />
  ) : (
    <div className={styles.cluster}>
      <ClusterView />
    </div>
  );
}
