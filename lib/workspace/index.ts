export type { Identity } from '../cluster';
export type { ApiCall, ApiOutcome } from './api-call';
export { createWorkspace, restoreWorkspace } from './create-workspace';
export { createEvidence } from './evidence';
export { ADMIN, HOME } from './machines';
export type { ProcessEvent } from './remote-processes';
export type * from './seams';
export { UndoUnavailableError } from './seams';
