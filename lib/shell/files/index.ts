export { createContainerFiles, type WrittenFiles } from './container-files';
export { createFiles, type MemoryFiles } from './create-files';
export { type FilesState, newFilesState } from './files-state';
