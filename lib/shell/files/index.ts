export { type ContainerLayers, createContainerFiles, type WrittenFiles } from './container-files';
export { createFiles, type FileChange, type MemoryFiles } from './create-files';
export { type FileEntry, type FilesState, newFilesState, parentOf, utf8Length } from './files-state';
