import { describe, expect, it } from 'vitest';
import { piecesOf } from './prove-pieces';

const how = { seeds: 1, mutants: true, pages: [] };
const kinds = (checks: number, more: Partial<typeof how> = {}) =>
  piecesOf('services/web', checks, { ...how, ...more }).map((piece) =>
    piece.kind === 'mutants'
      ? `mutants ${piece.share.index + 1}/${piece.share.of}`
      : piece.kind === 'seeds'
        ? `seeds ${piece.range.from}-${piece.range.to}`
        : piece.kind,
  );

describe('[K12] piecesOf: a lab is proved in pieces that threads share', () => {
  it.each([
    ['a small lab', 5, {}, ['gates', 'rewritten', 'mutants 1/1']],
    ['a large lab', 34, {}, ['gates', 'rewritten', 'mutants 1/3', 'mutants 2/3', 'mutants 3/3']],
    ['a quick look', 34, { mutants: false }, ['gates']],
    ['a lab that cannot be read', 0, {}, ['gates', 'rewritten', 'mutants 1/1']],
    ['many seeds', 5, { seeds: 20, mutants: false }, ['gates', 'seeds 9-16', 'seeds 17-20']],
  ])('%s', (_what, checks, more, pieces) => {
    expect(kinds(checks, more)).toEqual(pieces);
  });
});
