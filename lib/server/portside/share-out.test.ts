import { describe, expect, it } from 'vitest';
import type { Piece } from './prove-pieces';
import { nextFor } from './share-out';

const piece = (lab: string, index = 0): Piece => ({ kind: 'mutants', lab, share: { index, of: 2 } });
const named = (found: Piece | undefined) =>
  found?.kind === 'mutants' ? `${found.lab}${found.share.index}` : 'none';

describe('[K12] nextFor: who takes which piece', () => {
  it('a thread stays with its lab, then begins another, and helps with one that is begun last', () => {
    const left = [piece('a'), piece('a', 1), piece('b'), piece('b', 1), piece('c')];
    const begun = new Set<string>();
    const first = nextFor(undefined, left, begun);
    const other = nextFor(undefined, left, begun);
    expect([named(first), named(other)]).toEqual(['a0', 'b0']);
    const second = nextFor(first, left, begun);
    const third = nextFor(second, left, begun);
    const help = nextFor(third, left, begun);
    expect([second, third, help, nextFor(help, left, begun)].map(named)).toEqual(['a1', 'c0', 'b1', 'none']);
  });
});
