export { type FoundImage, findImage, type ImageMode } from './find-image';
export type { PullFailure } from './pull-errors';
export { canonicalReference, parseReference, type Reference } from './reference';
export { type ResolvedCommand, resolveCommand } from './resolve-command';
