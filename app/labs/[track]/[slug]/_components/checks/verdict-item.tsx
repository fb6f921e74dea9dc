'use client';

import type { VerdictView } from '../../../../../../lib/server';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import { titleOf } from '../../../../../_ui/title-of';
import head from '../panel-head.module.css';
import { usePanels } from '../panels';
import { LabelsTable } from './labels-table';
import styles from './verdict-item.module.css';

const OUTCOMES = { met: 'Met', 'not-met': 'Not met', 'cannot-judge': 'Could not be judged' } as const;

/** Filled, crossed or open: the shape says it before the colour does. A live tick stands in a ring: it counts nothing yet. */
function Sign({
  outcome,
  live,
}: {
  readonly outcome: VerdictView['outcome'] | undefined;
  readonly live: keyof typeof LIVE_WORDS | undefined;
}) {
  const shown = live === undefined ? outcome : undefined;
  return (
    <svg
      className={styles.sign}
      data-outcome={shown ?? 'open'}
      data-live={live}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <circle cx="8" cy="8" r="6.25" />
      {shown === 'met' || live === 'met' ? <path d="M4.8 8.3l2.2 2.2 4.2-4.8" /> : null}
      {shown === 'not-met' ? <path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" /> : null}
      {shown === 'cannot-judge' ? <path d="M5 8h6" /> : null}
    </svg>
  );
}

function Evidence({ verdict }: { readonly verdict: VerdictView }) {
  const link = useLabLink();
  const panels = usePanels();
  const show = () => {
    panels.choose(undefined);
    link.showTrace(titleOf(verdict.check), verdict);
    panels.focus('chart');
  };
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
      {verdict.labels === undefined ? null : <LabelsTable compared={verdict.labels} />}
      {verdict.trace === undefined || verdict.trace.length === 0 ? null : (
        <button type="button" className={`${buttons.button} ${head.small} ${styles.show}`} onClick={show}>
          Show me on the chart
        </button>
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

const LIVE_WORDS = { met: 'Met so far', no: 'Not so yet', lost: 'Met then, not now' } as const;

/** How a check that is ticked live stands beside its verdict; undefined where that says the same. */
function liveWord(met: boolean, verdict: VerdictView | undefined): keyof typeof LIVE_WORDS | undefined {
  if (met) return verdict?.outcome === 'met' ? undefined : 'met';
  return verdict === undefined ? 'no' : verdict.outcome === 'met' ? 'lost' : undefined;
}

/** One check and its verdict, if there is one yet; and where the author allows, how it stands meanwhile. */
export function VerdictItem({
  task,
  check,
  live,
  verdict,
}: {
  readonly task: string;
  readonly check: string;
  readonly live: boolean;
  readonly verdict: VerdictView | undefined;
}) {
  const ticked = useLab((state) => (live ? state.ticks?.has(`${task}/${check}`) : undefined));
  const word = ticked === undefined ? undefined : liveWord(ticked, verdict);
  return (
    <li className={styles.item}>
      <Sign outcome={verdict?.outcome} live={word} />
      <div>
        <p className={styles.check}>
          {titleOf(check)}
          {word === undefined ? null : (
            <span className={styles.outcome} data-live={word}>
              {LIVE_WORDS[word]}
            </span>
          )}
          {verdict === undefined || word === 'lost' ? null : (
            <span className={styles.outcome} data-outcome={word === undefined ? verdict.outcome : undefined}>
              {word === undefined ? '' : 'at the last check: '}
              {OUTCOMES[verdict.outcome]}
            </span>
          )}
        </p>
        {verdict === undefined || verdict.outcome === 'met' ? null : <Evidence verdict={verdict} />}
      </div>
    </li>
  );
}
