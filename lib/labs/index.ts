export { readImage } from './format/image-schema';
export { LabError } from './format/lab-error';

export { readCourse } from './format/read-course';
export { type LabFiles, type LabSource, readLab } from './format/read-lab';
export { withNames } from './format/variables';
export { earnedBy, grade, isTriggered, passed, scoreOf, taskMet } from './grade';
export { liveChecks, liveTasks } from './live-tasks';
export type * from './seams';
