import { LabError } from '../../labs';
import { gateSeeds, type Proof, prove, type SeedRange } from '../kit';
import { findSource } from '../lab-library';

/** Seeds that one piece of work tries: enough for a start to be worth its while, few enough to share out. */
const SEEDS_PER_PIECE = 8;

/** A piece of proving, small enough to be shared out among threads. */
export type Piece =
  | {
      readonly kind: 'gates';
      readonly lab: string;
      readonly seeds: number;
      readonly mutants: boolean;
      readonly pages: readonly string[];
    }
  | { readonly kind: 'seeds'; readonly lab: string; readonly range: SeedRange };

/** What a piece found; `broken` when the lab cannot be read. */
export type Found =
  | { readonly kind: 'proof'; readonly proof: Proof }
  | { readonly kind: 'seeds'; readonly failures: readonly string[]; readonly ms: number }
  | { readonly kind: 'broken'; readonly message: string };

/** The pieces of one lab's proof: all gates with the first seeds, then the other seeds in portions. */
export function piecesOf(
  lab: string,
  how: { readonly seeds: number; readonly mutants: boolean; readonly pages: readonly string[] },
): readonly Piece[] {
  const seeds = Math.min(how.seeds, SEEDS_PER_PIECE);
  const pieces: Piece[] = [{ kind: 'gates', lab, seeds, mutants: how.mutants, pages: how.pages }];
  for (let from = seeds + 1; from <= how.seeds; from += SEEDS_PER_PIECE)
    pieces.push({
      kind: 'seeds',
      lab,
      range: { from, to: Math.min(from + SEEDS_PER_PIECE - 1, how.seeds) },
    });
  return pieces;
}

/** Does one piece. */
export async function provePiece(piece: Piece): Promise<Found> {
  const began = performance.now();
  try {
    const source = await findSource(piece.lab);
    if (piece.kind === 'gates') {
      const { seeds, mutants, pages } = piece;
      return { kind: 'proof', proof: await prove(source, { seeds, mutants, pages: new Set(pages) }) };
    }
    const failures = await gateSeeds(source, piece.range);
    return { kind: 'seeds', failures, ms: performance.now() - began };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { kind: 'broken', message: `labs/${piece.lab}/${error.message}` };
  }
}
