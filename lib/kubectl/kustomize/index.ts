export { buildKustomization } from './build';
export { contentHash } from './hash-name';
