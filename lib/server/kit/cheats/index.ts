import type { Lab } from '../../../labs';
import type { Workspace } from '../../../workspace';
import { clientEdited } from './client-edited';
import { aimedAtDecoy, answeredByOneself, hostNetworkInstead } from './other-pods';
import { slicesByHand } from './slices-by-hand';
import { targetsOf } from './targets';
import { addressWrittenDown } from './written-down';

/** A way to look right without being right: done to a solved cluster, and found out by a good check. */
export interface Cheat {
  /** "cheats/web: slices by hand": what `private/survivors.yaml` names. */
  readonly name: string;
  readonly script: string;
}

const CHEATS = {
  'slices by hand': slicesByHand,
  'address written down': addressWrittenDown,
  'aimed at a decoy': aimedAtDecoy,
  'answered by oneself': answeredByOneself,
  'client edited': clientEdited,
  'host network instead': hostNetworkInstead,
};

/** All cheats begin so. */
export const CHEAT = 'cheats/';

/** The cheats that apply to a lab: to each Service that its checks ask about. */
export function cheatsFor(lab: Lab, start: Workspace, solved: Workspace): readonly Cheat[] {
  return targetsOf(lab, start, solved).flatMap((target) =>
    Object.entries(CHEATS).flatMap(([what, cheat]) => {
      const script = cheat(target, start, solved);
      return script === undefined ? [] : [{ name: `${CHEAT}${target.name}: ${what}`, script }];
    }),
  );
}
