import Link from 'next/link';
import {
  catalogue,
  currentPerson,
  type LabCard,
  type ProgressView,
  progressFor,
} from '../../../../lib/server';
import buttons from '../../../_ui/button.module.css';
import styles from './chapter-labs.module.css';

const WORDS = { started: 'Begun', passed: 'Passed' } as const;

/** How long it takes, or how far the reader is. */
function Status({ card, progress }: { readonly card: LabCard; readonly progress: readonly ProgressView[] }) {
  const own = progress.find(({ track, slug }) => track === card.track && slug === card.slug);
  if (own === undefined) return <span>About {card.minutes} minutes</span>;
  return <span data-status={own.status}>{WORDS[own.status]}</span>;
}

/** A chapter's labs as buttons with their minutes, or a line that says there are none yet. */
export async function ChapterLabs({
  labs,
  large = false,
}: {
  readonly labs: readonly string[];
  readonly large?: boolean;
}) {
  const [all, progress] = await Promise.all([catalogue(), currentPerson().then(progressFor)]);
  const cards = all.filter(({ track, slug }) => labs.includes(`${track}/${slug}`));
  if (cards.length === 0)
    return (
      <p className={styles.none}>
        This chapter has no lab yet. Its commands can be typed in any lab’s terminal.
      </p>
    );
  const size = large ? ` ${buttons.large}` : '';
  return (
    <ul className={styles.labs}>
      {cards.map((card) => (
        <li key={card.slug}>
          <Link
            className={`${buttons.button} ${buttons.primary}${size}`}
            href={`/labs/${card.track}/${card.slug}`}
          >
            {cards.length === 1 ? 'Open the lab' : card.title}
          </Link>
          <Status card={card} progress={progress} />
        </li>
      ))}
    </ul>
  );
}
