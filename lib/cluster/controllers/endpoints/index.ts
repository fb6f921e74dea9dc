export { endpointsController, MAX_ADDRESSES, subsetsOf, truncate } from './endpoints';
export { repackSubsets, type Subset } from './repack';
