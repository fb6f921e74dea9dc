export { mergeLocally } from './local-merge';
export { schemaOf } from './merge-keys';
export { threeWayPatch } from './three-way';
