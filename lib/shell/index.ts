export {
  type ContainerLayers,
  createContainerFiles,
  createFiles,
  type FilesState,
  type MemoryFiles,
  newFilesState,
  type WrittenFiles,
} from './files';
export { ExecutableNotFoundError, runProcess } from './run-process';
export { runScript } from './run-script';
export type * from './seams';
export { newSessionState } from './start-shell';
export { createSession } from './terminal/session';
