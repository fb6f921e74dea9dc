export { createCluster, restoreCluster } from './cluster';
export type * from './cluster-seam';
export type { Identity } from './seams';
