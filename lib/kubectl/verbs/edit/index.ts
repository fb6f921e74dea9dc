export { edit } from './edit';
export { editLastApplied } from './edit-last-applied';
export { editEach } from './edit-objects';
