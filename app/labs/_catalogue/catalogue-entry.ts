import type { LabCard, ProgressView } from '../../../lib/server';
import { titleOf } from '../../_ui/title-of';

/** A lab as the catalogue lists it. */
export interface CatalogueEntry {
  /** "track/slug". */
  readonly key: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly tasks: number;
  readonly skills: readonly string[];
  readonly status: 'open' | ProgressView['status'];
  /** Where the learner goes on. */
  readonly next: boolean;
  /** What a search looks into, in small letters. */
  readonly text: string;
}

/** The entry of a lab. */
export function catalogueEntry(
  lab: LabCard,
  progress: readonly ProgressView[],
  next: string | undefined,
): CatalogueEntry {
  const { track, slug, title, summary, minutes, tasks, skills, aims } = lab;
  const key = `${track}/${slug}`;
  const own = progress.find((each) => each.track === track && each.slug === slug);
  const text = [title, summary, ...skills.map(titleOf), ...aims].join('\n').toLowerCase();
  return {
    key,
    title,
    summary,
    minutes,
    tasks,
    skills,
    status: own?.status ?? 'open',
    next: key === next,
    text,
  };
}
