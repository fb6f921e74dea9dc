export type { Classroom } from './classroom';
export { MESSAGE_LIMIT_BYTES, readClientMessage } from './client-message';
export { createLabStarts, type LabStart, type LabStarts } from './lab-starts';
export { createLiveWorkspace, type LiveWorkspace } from './live-workspace';
export { type PageSocket, tell } from './page';
export { createRegistry, type Registry } from './registry';
export { createWorkspaceStore, type WorkspaceRow, type WorkspaceStore } from './workspace-store';
