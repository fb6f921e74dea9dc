import { type FrontPlay, playFrontCluster, refusalOf } from '../../lib/server';
import { type Scene, sceneOf } from '../_diagram/scene';
import { byAge } from './by-age';

/** What a visitor's address says: the moves so far, and the one just made. */
export interface FrontQuery {
  readonly moves?: string | readonly string[] | undefined;
  readonly move?: string | readonly string[] | undefined;
}

/** The front page's cluster as this visitor has made it. */
export interface FrontView {
  readonly moves: readonly string[];
  /** How it looked, moment by moment, since the last move; the last is how it is. */
  readonly scenes: readonly [...Scene[], Scene];
  /** The last command with its output, or what became of the last request. */
  readonly said: string;
  /** Why the last move was not made. */
  readonly problem: string | undefined;
}

/** What the button *Begin anew* sends. */
export const ANEW = 'anew';
/** Between moves in an address; no move has one in it. */
const BETWEEN = '.';

/** Moves as an address holds them. */
export const writeMoves = (moves: readonly string[]): string => moves.join(BETWEEN);

/** The cluster after the moves of an address. A move that is refused changes nothing, and says why. */
export async function frontView({ moves, move }: FrontQuery): Promise<FrontView> {
  const before = typeof moves === 'string' ? moves.split(BETWEEN).filter((each) => each !== '') : [];
  if (move === ANEW) return view([], await playFrontCluster([]), undefined);
  const all = typeof move === 'string' ? [...before, move] : before;
  try {
    return view(all, await playFrontCluster(all), undefined);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    // An address that was made up has no state to go back to but the first.
    const kept = all.length > before.length ? before : [];
    const play = await playFrontCluster(kept).catch(() => undefined);
    return play === undefined
      ? view([], await playFrontCluster([]), refusal.message)
      : view(kept, { ...play, frames: play.frames.slice(-1) }, refusal.message);
  }
}

function view(moves: readonly string[], { said, frames }: FrontPlay, problem: string | undefined): FrontView {
  const scenes = frames.map(({ objects, way }) => byAge(sceneOf(objects, way), objects));
  const last = scenes.at(-1) ?? sceneOf([]);
  const { way } = last;
  return {
    moves,
    scenes: [...scenes.slice(0, -1), last],
    said: way === undefined ? said : `${way.from} asked http://${way.host}: ${way.outcome}`,
    problem,
  };
}
