import { describe, expect, test } from 'vitest';
import type { TimelineEntry } from '../../../lib/server';
import { entryTitle, momentName, spanText, timelineRows, withEntries } from './timeline';

const entry = (
  seq: number,
  kind: TimelineEntry['kind'],
  rest: Partial<TimelineEntry> = {},
): TimelineEntry => ({
  id: `event-${seq}`,
  seq,
  at: `2026-01-01T00:00:${String(seq).padStart(2, '0')}Z`,
  kind,
  text: '',
  changed: false,
  ...rest,
});
const command = (seq: number, text: string, changed = true) => entry(seq, 'command', { text, changed });
const known = (entries: readonly TimelineEntry[], lineage: readonly (readonly [number, number])[]) =>
  withEntries(undefined, { type: 'timeline', entries, lineage, more: false });

describe('the timeline', () => {
  test('an entry leads to the moment just before the next one; the newest is now', () => {
    const state = known([command(2, 'a'), command(5, 'b')], [[1, 5]]);
    expect(timelineRows(state, false).map(({ entry: { text }, moment }) => [text, moment])).toEqual([
      ['b', undefined],
      ['a', 4],
    ]);
  });

  test('tells what was left behind', () => {
    const state = known(
      [command(1, 'a'), command(2, 'b'), entry(3, 'undo', { to: 1 }), command(4, 'c')],
      [
        [1, 1],
        [3, 4],
      ],
    );
    expect(timelineRows(state, false).map(({ left }) => left)).toEqual([false, false, true, false]);
  });

  test('saves of one file in a row are one line, and a check comes after what it judged', () => {
    const edits = [1, 2, 3].map((seq) => entry(seq, 'edit', { text: 'a.yaml' }));
    const check = { ...entry(3, 'check', { text: '1 check met' }), id: 'attempt-1' };
    const rows = timelineRows(known([check, ...edits], [[1, 3]]), false);
    expect(rows.map(({ entry: { kind }, times }) => [kind, times])).toEqual([
      ['check', 1],
      ['edit', 3],
    ]);
  });

  test('can leave out commands that only read', () => {
    const state = known(
      [command(1, 'kubectl get pods', false), command(2, 'kubectl delete pod a')],
      [[1, 2]],
    );
    expect(timelineRows(state, true).map(({ entry: { text } }) => text)).toEqual(['kubectl delete pod a']);
  });

  test('new words for an entry take the place of the old', () => {
    const state = withEntries(known([command(1, 'a', false)], [[1, 1]]), {
      type: 'timeline',
      entries: [command(1, 'a')],
      lineage: [[1, 1]],
    });
    expect(state.entries.map(({ changed }) => changed)).toEqual([true]);
  });

  test.each([
    [0, 'the start of the lab'],
    [1, 'kubectl apply -f a.yaml'],
    [3, 'kubectl apply -f a.yaml'],
  ])('moment %i is named %s', (moment, name) => {
    const entries = [command(1, 'kubectl apply -f a.yaml'), command(2, 'x'), entry(3, 'undo', { to: 1 })];
    expect(momentName(entries, moment)).toBe(name);
  });

  test('a jump is called by where it leads', () => {
    const undo = entry(3, 'undo', { to: 1 });
    expect(entryTitle([command(1, 'a'), command(2, 'b'), undo], undo)).toBe('Undo, back to a');
  });

  test.each([
    [10_000, '10 s'],
    [60_000, '1 min'],
    [90_000, '90 s'],
  ])('%i ms are %s', (ms, text) => {
    expect(spanText(ms)).toBe(text);
  });
});
