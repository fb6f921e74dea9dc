import type { VerdictView } from '../../../../../lib/server';
import { titleOf } from '../../../../_ui/title-of';
import styles from './verdict-item.module.css';

const OUTCOMES = { met: 'Met', 'not-met': 'Not met', 'cannot-judge': 'Could not be judged' } as const;

/** Filled, crossed or open: the shape says it before the colour does. */
function Sign({ outcome }: { readonly outcome: VerdictView['outcome'] | undefined }) {
  return (
    <svg className={styles.sign} data-outcome={outcome ?? 'open'} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.25" />
      {outcome === 'met' ? <path d="M4.8 8.3l2.2 2.2 4.2-4.8" /> : null}
      {outcome === 'not-met' ? <path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" /> : null}
      {outcome === 'cannot-judge' ? <path d="M5 8h6" /> : null}
    </svg>
  );
}

function Evidence({ verdict }: { readonly verdict: VerdictView }) {
  return (
    <>
      {verdict.reason === undefined ? null : <p className={styles.reason}>{verdict.reason}</p>}
      {verdict.expected === undefined && verdict.actual === undefined ? null : (
        <dl className={styles.pair}>
          {verdict.expected === undefined ? null : (
            <div>
              <dt>Expected</dt>
              <dd>{verdict.expected}</dd>
            </div>
          )}
          {verdict.actual === undefined ? null : (
            <div>
              <dt>Actual</dt>
              <dd>{verdict.actual}</dd>
            </div>
          )}
        </dl>
      )}
      {verdict.trace === undefined || verdict.trace.length === 0 ? null : (
        <details className={styles.trace} open={verdict.outcome === 'not-met'}>
          <summary>How it went, hop by hop</summary>
          <ol>
            {verdict.trace.map((hop, index) => (
              <li key={`${index}-${hop.at}`}>
                <span className={styles.at}>{hop.at}</span> {hop.effect}
                {hop.detail === undefined ? null : <span className={styles.detail}>{hop.detail}</span>}
                {hop.rule === '' ? null : <code>{hop.rule}</code>}
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

/** One check and its verdict, if there is one yet. */
export function VerdictItem({
  check,
  verdict,
}: {
  readonly check: string;
  readonly verdict: VerdictView | undefined;
}) {
  return (
    <li className={styles.item}>
      <Sign outcome={verdict?.outcome} />
      <div>
        <p className={styles.check}>
          {titleOf(check)}
          {verdict === undefined ? null : (
            <span className={styles.outcome} data-outcome={verdict.outcome}>
              {OUTCOMES[verdict.outcome]}
            </span>
          )}
        </p>
        {verdict === undefined || verdict.outcome === 'met' ? null : <Evidence verdict={verdict} />}
      </div>
    </li>
  );
}
