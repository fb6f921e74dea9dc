export {
  apiVersionOf,
  findResource,
  objectName,
  otherMeanings,
  qualifiedName,
  requireResource,
} from './find-resource';
export { describeInfo, fetchInfo, type Info, inNamespace, type LoadedInfo } from './info';
export { loadTargets, selectors, withSelectors } from './load';
export { findTargets, type ListTarget, type Targets } from './targets';
export { visitLoaded, visitTargets } from './visit';
