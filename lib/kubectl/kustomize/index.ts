export { buildKustomization } from './build';
export { contentHash } from './hash-name';
export type { Place } from './kustomization';
