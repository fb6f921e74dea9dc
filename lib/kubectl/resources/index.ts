export {
  apiVersionOf,
  expandCategories,
  findResource,
  objectName,
  otherMeanings,
  qualifiedName,
  requireResource,
} from './find-resource';
export { describeInfo, fetchInfo, type Info, type LoadedInfo } from './info';
export { type Loaded, type LoadRules, loadTargets, selectors, withSelectors } from './load';
export { findTargets, type ListTarget, type TargetRules, type Targets } from './targets';
export { visitLoaded, visitTargets } from './visit';
