import type { BoardNews, BoardView } from './board-views';

/** `next` with the very parts of `known` that have not changed, so that news is found by looking at identities. */
export function sharedWith(known: BoardView | undefined, next: BoardView): BoardView {
  if (known === undefined) return next;
  const before = new Map(known.lines.map((line) => [line.id, line]));
  return {
    tasks: kept(known.tasks, next.tasks),
    lines: next.lines.map((line) => kept(before.get(line.id), line)),
    groups: kept(known.groups, next.groups),
    counts: kept(known.counts, next.counts),
  };
}

const kept = <T>(known: T | undefined, next: T): T =>
  known !== undefined && JSON.stringify(known) === JSON.stringify(next) ? known : next;

/** What to tell of `next` whoever was told `told` of it; undefined when they know it all. */
export function boardNews(told: BoardView | undefined, next: BoardView): BoardNews | undefined {
  if (told === undefined) return { ...next, order: orderOf(next) };
  const known = new Set(told.lines);
  const lines = next.lines.filter((line) => !known.has(line));
  const sameOrder =
    told.lines.length === next.lines.length && next.lines.every(({ id }, at) => id === told.lines[at]?.id);
  const news: BoardNews = {
    lines,
    ...(sameOrder ? {} : { order: orderOf(next) }),
    ...(next.tasks === told.tasks ? {} : { tasks: next.tasks }),
    ...(next.groups === told.groups ? {} : { groups: next.groups }),
    ...(next.counts === told.counts ? {} : { counts: next.counts }),
  };
  return lines.length === 0 && Object.keys(news).length === 1 ? undefined : news;
}

const orderOf = ({ lines }: BoardView): readonly string[] => lines.map(({ id }) => id);
