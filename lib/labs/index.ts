export { checkKinds } from './checks';
export { grade, passed } from './grade';
export { LabError } from './lab-error';
export { type LabFiles, readLab } from './read-lab';
export type * from './seams';
