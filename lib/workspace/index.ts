export { createWorkspace, restoreWorkspace } from './create-workspace';
export { HOME } from './machines';
export type * from './seams';
export { UndoUnavailableError } from './seams';
