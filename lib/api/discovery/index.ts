export { type Group, groupsOf } from './groups';
export { healthText } from './health';
export { coreVersions, groupList, oneGroup, resourceList } from './legacy';
export { rootPaths } from './root-paths';
export { subresourceKind, subresourceVerbs } from './subresources';
