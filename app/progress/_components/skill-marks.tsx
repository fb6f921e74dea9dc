import Link from 'next/link';
import type { LabCard, ProgressView } from '../../../lib/server';
import { titleOf } from '../../_ui/title-of';
import styles from './skill-marks.module.css';

/** Each skill with a mark for every lab that trains it: passed, begun, or neither. */
export function SkillMarks({
  labs,
  progress,
}: {
  readonly labs: readonly LabCard[];
  readonly progress: readonly ProgressView[];
}) {
  const names = [...new Set(labs.flatMap(({ skills }) => skills))];
  const statusOf = (lab: LabCard) =>
    progress.find(({ track, slug }) => track === lab.track && slug === lab.slug)?.status ?? 'open';
  return (
    <ul className={styles.skills}>
      {names.map((name) => {
        const own = labs.filter(({ skills }) => skills.includes(name));
        const passed = own.filter((lab) => statusOf(lab) === 'passed').length;
        return (
          <li key={name}>
            <Link href={`/skills#${name}`}>{titleOf(name)}</Link>
            <span className={styles.marks} aria-hidden="true">
              {own.map((lab) => (
                <i key={lab.slug} data-status={statusOf(lab)} />
              ))}
            </span>
            <span className={styles.count} data-mastered={passed === own.length}>
              {passed} of {own.length}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
