export { tokenRequestKind } from './access';
export { kinds } from './list';
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
