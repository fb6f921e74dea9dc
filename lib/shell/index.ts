export {
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

export { createSession } from './terminal/session';
