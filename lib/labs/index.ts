export { checkKinds } from './checks';
export { grade, passed } from './grade';
export { readImage } from './image-schema';
export { LabError } from './lab-error';
export { type LabFiles, readLab } from './read-lab';
export type * from './seams';
