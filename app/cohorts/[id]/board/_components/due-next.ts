import type { AssignmentView } from '../../../../../lib/server';

/** What a class is at: of the open assignments the one due next, or where none is due any more, the last. */
export function dueNext<W extends Pick<AssignmentView, 'open' | 'dueAt'>>(
  work: readonly W[],
  now: Date,
): W | undefined {
  const open = work.filter((each) => each.open);
  const due = open.flatMap((each) => {
    const leftMs = each.dueAt === null ? -1 : Date.parse(each.dueAt) - now.getTime();
    return leftMs < 0 ? [] : [{ each, leftMs }];
  });
  const next = due.sort((a, b) => a.leftMs - b.leftMs)[0];
  return next?.each ?? open.at(-1);
}
