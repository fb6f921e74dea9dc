export { tokenRequestKind } from './access';
export { kinds } from './list';
export { validateEphemeralContainers } from './pod/validate-ephemeral';
export { validatePodResize, withResources } from './pod/validate-resize';
export { breakDown, compactRules, compactText, quoted, uncovered, urlCovers } from './rbac/cover-rules';
export {
  apiResource,
  findByResourceKey,
  findKind,
  findKindOf,
  findResource,
  resourceKey,
  storedKinds,
} from './registry';
export { schemaOf } from './schema';
export { labelValue as labelValueErrors, qualifiedName as qualifiedNameErrors } from './validation/names';
export { scaleColumns, TEMPLATE_GENERATION } from './workloads';
