export { API_PROGRAMS } from './api-programs';
export { type FoundImage, findImage, type ImageMode } from './find-image';
export type { PullFailure } from './pull-errors';
export { resolveCommand } from './resolve-command';
