import type { LabView, OpenLab } from '../../../../../lib/server';

/** A lab as its page needs it: rendered, with hints beside their tasks, and without anything private. */
export interface LabPage
  extends Pick<LabView, 'title' | 'summary' | 'aims' | 'minutes' | 'steps' | 'hasSolutions'> {
  readonly workspaceId: string;
  readonly tasks: readonly LabTask[];
  /** The assignment that this place belongs to. */
  readonly assigned: OpenLab['assigned'];
  /** Whose work it is a fork of. */
  readonly forked: OpenLab['forked'];
  /** The chapter that this lab belongs to. */
  readonly chapterHref: string | undefined;
  /** The lab that follows in the course. */
  readonly next: { readonly title: string; readonly href: string } | undefined;
}

/** What is asked, with the names of the checks that judge it and hints in order. */
export type LabTask = LabView['tasks'][number] & { readonly hints: readonly LabHint[] };

/** A hint, and its place among all of the lab's. */
export interface LabHint {
  readonly place: number;
  readonly html: string;
  /** Shown only when an attempt calls for it. */
  readonly waits: boolean;
}

/** A learner's place in a lab as the page needs it. */
export function toLabPage(
  { workspaceId, lab, assigned, forked }: OpenLab,
  chapterHref: string | undefined,
  next: LabPage['next'],
): LabPage {
  const { title, summary, aims, minutes, steps, hasSolutions } = lab;
  const tasks = lab.tasks.map((task) => ({
    ...task,
    hints: lab.hints.flatMap(({ task: of, html, waits }, place) =>
      of === task.id ? [{ place, html, waits }] : [],
    ),
  }));
  return {
    workspaceId,
    title,
    summary,
    aims,
    minutes,
    steps,
    hasSolutions,
    tasks,
    assigned,
    forked,
    chapterHref,
    next,
  };
}
