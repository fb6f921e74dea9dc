import type { ServerMessage, TimelineEntry } from '../../../lib/server';

/** The timeline as far as the page knows it, oldest first. */
export interface TimelineState {
  readonly entries: readonly TimelineEntry[];
  /** Events that led to the present state, as [first, last] pairs. */
  readonly lineage: readonly (readonly [number, number])[];
  /** There are older entries than these. */
  readonly more: boolean;
}

/** One line of the timeline. */
export interface TimelineRow {
  readonly entry: TimelineEntry;
  /** The moment just after it, to be gone to; undefined for the present one. */
  readonly moment: number | undefined;
  /** It led to a state that was left. */
  readonly left: boolean;
  /** How many saves of one file in a row it stands for. */
  readonly times: number;
}

/** The timeline after the server has told of some entries. */
export function withEntries(
  before: TimelineState | undefined,
  { entries, lineage, more }: Extract<ServerMessage, { type: 'timeline' }>,
): TimelineState {
  const byId = new Map((before?.entries ?? []).map((entry) => [entry.id, entry]));
  for (const entry of entries) byId.set(entry.id, entry);
  const sorted = [...byId.values()].sort(inOrder);
  return { entries: sorted, lineage, more: more ?? before?.more ?? false };
}

/** A check comes after the input that it judged. */
const inOrder = (a: TimelineEntry, b: TimelineEntry): number =>
  a.seq - b.seq || Number(a.kind === 'check') - Number(b.kind === 'check') || (a.at < b.at ? -1 : 1);

/** The lines to show, newest first; `changesOnly` leaves out commands that only read. */
export function timelineRows(
  { entries, lineage }: TimelineState,
  changesOnly: boolean,
): readonly TimelineRow[] {
  const rows: TimelineRow[] = [];
  entries.forEach((entry, index) => {
    const next = entries.slice(index + 1).find(({ seq, kind }) => kind !== 'check' && seq > entry.seq);
    const moment = next === undefined ? undefined : next.seq - 1;
    const left = !lineage.some(([first, last]) => first <= entry.seq && entry.seq <= last) && entry.seq > 0;
    const before = rows.at(-1);
    if (isSameFile(before, entry) && before.left === left)
      rows[rows.length - 1] = { entry, moment, left, times: before.times + 1 };
    else rows.push({ entry, moment, left, times: 1 });
  });
  return rows.filter(({ entry }) => !changesOnly || entry.kind !== 'command' || entry.changed).reverse();
}

function isSameFile(before: TimelineRow | undefined, entry: TimelineEntry): before is TimelineRow {
  return entry.kind === 'edit' && before?.entry.kind === 'edit' && before.entry.text === entry.text;
}

/** What an entry is called. */
export function entryTitle(
  entries: readonly TimelineEntry[],
  { kind, text, ms, to = 0 }: TimelineEntry,
): string {
  if (kind === 'undo') return `Undo, back to ${momentName(entries, to)}`;
  if (kind === 'go-to') return `Back to ${momentName(entries, to)}`;
  if (kind === 'reset') return 'Reset to the start of the lab';
  return kind === 'skip' ? `Skipped ahead ${spanText(ms ?? 0)}` : text;
}

/** What stood last at a moment, by its first line. */
export function momentName(entries: readonly TimelineEntry[], moment: number): string {
  if (moment === 0) return 'the start of the lab';
  const entry = entries.findLast(({ seq, kind }) => seq <= moment && kind !== 'check');
  if (entry === undefined) return 'an earlier moment';
  const { kind, text } = entry;
  if (kind === 'reset') return 'the reset';
  if (kind === 'undo' || kind === 'go-to') return momentName(entries, entry.to ?? 0);
  return kind === 'skip' ? 'the skip' : (text.split('\n')[0] ?? '');
}

/** A span of virtual time in words: "10 s", "5 min". */
export function spanText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds % 60 === 0 && seconds >= 60 ? `${seconds / 60} min` : `${seconds} s`;
}
