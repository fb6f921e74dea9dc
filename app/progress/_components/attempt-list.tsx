import Link from 'next/link';
import type { PastAttempt, VerdictView } from '../../../lib/server';
import styles from './attempt-list.module.css';
import { counted } from './counted';

const WORDS: Readonly<Record<VerdictView['outcome'], string>> = {
  met: 'Met',
  'not-met': 'Not met',
  'cannot-judge': 'Could not be judged',
};

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

function Verdict({ verdict: { check, outcome, reason } }: { readonly verdict: VerdictView }) {
  return (
    <li data-outcome={outcome}>
      <b>{WORDS[outcome]}</b> {check}
      {reason === undefined ? null : <small>{reason}</small>}
    </li>
  );
}

/** The learner's checks, newest first, each with its verdicts and the way to its replay. */
export function AttemptList({ attempts }: { readonly attempts: readonly PastAttempt[] }) {
  return (
    <ol className={styles.attempts}>
      {attempts.map(({ id, at, passed, imported, track, slug, title, verdicts }) => {
        const met = verdicts.filter(({ outcome }) => outcome === 'met').length;
        return (
          <li key={id}>
            <time dateTime={at}>{DAY.format(new Date(at))} UTC</time>
            <Link href={`/labs/${track}/${slug}`} prefetch={false}>
              {title}
            </Link>
            <span data-passed={passed}>{passed ? 'Passed' : `${counted(met, 'check')} met`}</span>
            {imported ? (
              <span>Brought along</span>
            ) : (
              <Link href={`/progress/attempts/${id}`} prefetch={false}>
                Replay<span className="visually-hidden"> of {title}</span>
              </Link>
            )}
            <details>
              <summary>Verdicts</summary>
              <ul>
                {verdicts.map((verdict) => (
                  <Verdict key={`${verdict.task} ${verdict.check}`} verdict={verdict} />
                ))}
              </ul>
            </details>
          </li>
        );
      })}
    </ol>
  );
}
