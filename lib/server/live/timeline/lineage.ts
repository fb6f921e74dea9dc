import type { OutlineRow } from './outline';

/** Events that belong to a state, as [first, last] pairs, oldest first. */
export type Lineage = readonly (readonly [number, number])[];

/** Stored inputs in order: the row of event `seq` stands at `seq - 1`; a fork has none for what came before it. */
export type Outline = readonly OutlineRow[];

const at = (outline: Outline, seq: number): OutlineRow | undefined => outline[seq - 1];

/** The events that led to the state after event `head`; what was left by undo, reset or 'go to' is not among them. */
export const lineageOf = (outline: Outline, head: number): Lineage => walk(outline, head, ({ to }) => to);

/** The same, but a reset belongs to the way like any other step: it can be taken back and done again. */
const wayOf = (outline: Outline, head: number): Lineage => walk(outline, head, jumpOf);

const jumpOf = ({ kind, to }: OutlineRow): number | undefined => (kind === 'reset' ? undefined : to);

function walk(outline: Outline, head: number, jump: (row: OutlineRow) => number | undefined): Lineage {
  const ranges: [number, number][] = [];
  let [end, seq] = [head, head];
  while (seq > 0) {
    const row = at(outline, seq);
    const to = row && jump(row);
    if (to === undefined) {
      seq -= 1;
      continue;
    }
    ranges.push([seq, end]);
    seq = to;
    end = to;
  }
  if (end > 0) ranges.push([1, end]);
  return ranges.reverse();
}

/** Whether an event belongs to a lineage. */
export const isIn = (lineage: Lineage, seq: number): boolean =>
  lineage.some(([first, last]) => first <= seq && seq <= last);

/** Where a state stands that came about by jumps alone: the event that the last jump led back to. */
function placeOf(outline: Outline, head: number): number {
  let seq = head;
  for (;;) {
    const row = at(outline, seq);
    const to = row && jumpOf(row);
    if (to !== undefined) seq = to;
    else if (row?.kind === 'quiet' && seq > 1) seq -= 1;
    else return seq;
  }
}

/**
 * What "redo" does: the moment after the next command that changed something, on the way that was left. Undefined once
 * something else was done, or when nothing was left.
 */
export function redoOf(
  outline: Outline,
  head: number,
): { readonly seq: number; readonly command: string } | undefined {
  const here = placeOf(outline, head);
  // The oldest of these jumps left the longest way.
  for (const jump of lastJumps(outline, head)) {
    const left = wayOf(outline, jump - 1);
    const [next, after] = steps(outline, left).filter((each) => each > here);
    if (next === undefined || !(here === 0 || isIn(left, here))) continue;
    return { seq: (after ?? lastOf(left) + 1) - 1, command: nameOf(at(outline, next)) };
  }
  return undefined;
}

/** Undos and go-tos with nothing but keys and windows between them and the present, oldest first. */
function lastJumps(outline: Outline, head: number): readonly number[] {
  const jumps: number[] = [];
  for (let seq = head; seq > 0; seq -= 1) {
    const row = at(outline, seq);
    if (row === undefined || (jumpOf(row) === undefined && row.kind !== 'quiet')) break;
    if (row.kind !== 'quiet') jumps.unshift(seq);
  }
  return jumps;
}

/** Events of a lineage that a step back or forward counts. */
const steps = (outline: Outline, lineage: Lineage): readonly number[] =>
  outline
    .filter((row) => (row.changed || row.kind === 'reset') && isIn(lineage, row.seq))
    .map(({ seq }) => seq);

const lastOf = (lineage: Lineage): number => lineage.at(-1)?.[1] ?? 0;
const nameOf = (row: OutlineRow | undefined): string => (row?.kind === 'reset' ? 'reset' : (row?.text ?? ''));

/** What the editor saved since event `floor` on the way to `head`; commands that were taken back leave their edits behind. */
export function editsSince(outline: Outline, head: number, floor: number): readonly number[] {
  const found: number[] = [];
  let seq = head;
  while (seq > floor) {
    const row = at(outline, seq);
    if (row?.kind === 'undo' && row.to !== undefined) {
      found.push(...editsSince(outline, seq - 1, Math.max(floor, row.to + 1)).toReversed());
      seq = row.to;
    } else if (row?.to !== undefined) seq = row.to;
    else {
      if (row?.kind === 'edit') found.push(seq);
      seq -= 1;
    }
  }
  return found.reverse();
}
