export {
  apiVersionOf,
  expandCategories,
  findResource,
  objectName,
  qualifiedName,
  requireResource,
} from './find-resource';
export { describeInfo, fetchInfo, type Info, type LoadedInfo } from './info';
export { type Loaded, loadTargets, selectors } from './load';
export { findTargets, gathered, type ListTarget, type Targets } from './targets';
