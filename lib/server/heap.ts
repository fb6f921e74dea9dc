import { setFlagsFromString } from 'node:v8';

/** How much the old generation may grow after a sweep before the next one, in percent of what was left. */
const GROWTH_PERCENT = 100;

/**
 * Lets the old generation double between sweeps. With workspaces of many learners it is large and grows slowly, and V8 would
 * sweep it at every tenth more: every four seconds with 500 learners, half a second of everybody's time each.
 * (V8's --heap-growing-percent, read at every sweep.)
 */
export function letHeapGrow(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
