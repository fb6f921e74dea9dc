import type { AttemptView, TimelineEntry } from '../../protocol';
import { toPagePath } from '../home-paths';
import { type Lineage, lineageOf, type Outline, redoOf } from './lineage';
import type { OutlineRow } from './outline';

/** What has happened in a workspace, in order. */
export interface Timeline {
  readonly outline: Outline;
  add(row: OutlineRow): void;
  /** A command was found to change something; its row, when it was not known to. */
  change(seq: number): OutlineRow | undefined;
  lineage(): Lineage;
  redo(): { readonly seq: number; readonly command: string } | undefined;
  /** Entries older than event `before`, as many as a page takes, oldest first, and whether there are older ones. */
  page(
    before: number,
    attempts: readonly (AttemptView & { readonly seq: number })[],
  ): {
    readonly entries: readonly TimelineEntry[];
    readonly more: boolean;
  };
}

/** Entries in one answer: more than any screen shows. */
const PAGE_ENTRIES = 150;

/** The timeline of a workspace with these events. */
export function openTimeline(events: readonly OutlineRow[]): Timeline {
  const outline: OutlineRow[] = [];
  const add = (row: OutlineRow) => {
    // A fork's events go on counting where the original stood: what is before them is a hole.
    outline[row.seq - 1] = row;
  };
  for (const row of events) add(row);
  return {
    outline,
    add,
    change(seq) {
      const row = outline[seq - 1];
      if (row === undefined || row.changed) return undefined;
      const changed = { ...row, changed: true };
      outline[seq - 1] = changed;
      return changed;
    },
    lineage: () => lineageOf(outline, outline.length),
    redo: () => redoOf(outline, outline.length),
    page(before, attempts) {
      const rows: OutlineRow[] = [];
      let seq = Math.min(before - 1, outline.length);
      for (; seq > 0 && rows.length < PAGE_ENTRIES; seq -= 1) {
        const row = outline[seq - 1];
        if (row !== undefined && row.kind !== 'quiet') rows.push(row);
      }
      const more = outline.slice(0, seq).some(({ kind }) => kind !== 'quiet');
      const first = more ? (rows.at(-1)?.seq ?? 0) : 0;
      const entries = [
        ...rows.flatMap((row) => entryOf(row) ?? []),
        ...attempts.filter((attempt) => attempt.seq >= first && attempt.seq < before).map(attemptEntry),
      ];
      return { entries: entries.sort(inOrder), more };
    },
  };
}

/** An input as pages list it; undefined for what they do not list. */
export function entryOf(row: OutlineRow): TimelineEntry | undefined {
  if (row.kind === 'quiet') return undefined;
  const { seq, at, wall, kind, text, to, ms, changed } = row;
  return {
    id: `event-${seq}`,
    seq,
    now: at,
    at: new Date(wall).toISOString(),
    kind,
    text: kind === 'edit' ? withPagePaths(text) : text,
    changed,
    ...(to === undefined ? {} : { to }),
    ...(ms === undefined ? {} : { ms }),
  };
}

/** A press of Check as pages list it among inputs. */
export function attemptEntry({
  id,
  seq,
  at,
  passed,
  verdicts,
}: AttemptView & { readonly seq: number }): TimelineEntry {
  const met = verdicts.filter(({ outcome }) => outcome === 'met').length;
  return {
    id: `attempt-${id}`,
    seq,
    at,
    kind: 'check',
    text: met === 1 ? '1 check met' : `${met} checks met`,
    changed: false,
    passed,
  };
}

const withPagePaths = (text: string): string =>
  text
    .split(' ')
    .map((word) => toPagePath(word) ?? word)
    .join(' ');

/** A check comes after the input that it judged. */
function inOrder(a: TimelineEntry, b: TimelineEntry): number {
  return a.seq - b.seq || Number(a.kind === 'check') - Number(b.kind === 'check') || (a.at < b.at ? -1 : 1);
}
