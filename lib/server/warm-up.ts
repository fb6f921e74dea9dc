import { setTimeout as pause } from 'node:timers/promises';
import type { FrontCluster } from './front-cluster';
import type { LabLibrary } from './lab-library';
import { labView } from './lab-view';
import type { LabStarts } from './live';

/** How long a lab's turn is put off while somebody works here: to start one holds everybody up for a second. */
const STAND_BACK_MS = 20_000;

/** Starts each lab and renders its lesson before its first learner asks, at half of a processor at most. */
export async function warmUp(
  { labs }: LabLibrary,
  starts: LabStarts,
  front: FrontCluster,
  isBusy: () => boolean,
): Promise<void> {
  await front.play([]);
  for (const lab of labs) {
    const began = performance.now();
    await starts.current(lab);
    await labView(lab);
    const took = performance.now() - began;
    await pause(isBusy() ? STAND_BACK_MS : took, undefined, { ref: false });
  }
}
