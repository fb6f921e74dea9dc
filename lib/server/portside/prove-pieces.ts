import { LabError, readLab } from '../../labs';
import {
  type EquivalentReport,
  type Fates,
  fatesOf,
  gateEquivalents,
  gateFailures,
  gateMistakes,
  gateSeeds,
  type SeedRange,
  type Share,
  startOf,
} from '../kit';
import { findSource } from '../lab-library';

/** Seeds that one piece of work tries: enough for a start to be worth its while, few enough to share out. */
const SEEDS_PER_PIECE = 8;
/** Each share of a lab's mutants begins with its start and its solution anew: worth its while from so many checks on. */
const CHECKS_PER_SHARE = 12;

/** A piece of proving, small enough to be shared out among threads. */
export type Piece = { readonly lab: string } & (
  | { readonly kind: 'gates'; readonly seeds: number; readonly pages: readonly string[] }
  | { readonly kind: 'mistakes' }
  | { readonly kind: 'rewritten' }
  | { readonly kind: 'mutants'; readonly share: Share }
  | { readonly kind: 'seeds'; readonly range: SeedRange }
);

/** What a piece found; `broken` when the lab cannot be read. */
export type Found = { readonly ms: number } & (
  | { readonly kind: 'failures'; readonly failures: readonly string[] }
  | { readonly kind: 'rewritten'; readonly equivalents: EquivalentReport }
  | { readonly kind: 'mutants'; readonly fates: Fates }
  | { readonly kind: 'broken'; readonly message: string }
);

/** The pieces of one lab's proof: the gates with the first seeds, solutions rewritten and spoilt, then the other seeds in portions. */
export function piecesOf(
  lab: string,
  checks: number,
  how: { readonly seeds: number; readonly mutants: boolean; readonly pages: readonly string[] },
): readonly Piece[] {
  const seeds = Math.min(how.seeds, SEEDS_PER_PIECE);
  const pieces: Piece[] = [{ kind: 'gates', lab, seeds, pages: how.pages }];
  if (how.mutants) {
    const of = Math.max(1, Math.round(checks / CHECKS_PER_SHARE));
    pieces.push({ kind: 'rewritten', lab });
    for (let index = 0; index < of; index += 1) pieces.push({ kind: 'mutants', lab, share: { index, of } });
  }
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
  const found = await proved(piece);
  return { ...found, ms: performance.now() - began };
}

type Outcome<F = Found> = F extends Found ? Omit<F, 'ms'> : never;

async function proved(piece: Piece): Promise<Outcome> {
  try {
    const source = await findSource(piece.lab);
    if (piece.kind === 'seeds') return { kind: 'failures', failures: await gateSeeds(source, piece.range) };
    const lab = readLab(source);
    switch (piece.kind) {
      case 'gates': {
        const failures = await gateFailures(source, lab, new Set(piece.pages), piece.seeds);
        return { kind: 'failures', failures };
      }
      case 'mistakes':
        return { kind: 'failures', failures: await gateMistakes(lab, await startOf(lab)) };
      case 'rewritten':
        return { kind: 'rewritten', equivalents: await gateEquivalents(lab, await startOf(lab)) };
      case 'mutants':
        return { kind: 'mutants', fates: await fatesOf(lab, await startOf(lab), piece.share) };
    }
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { kind: 'broken', message: `labs/${piece.lab}/${error.message}` };
  }
}
