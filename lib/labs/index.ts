export { answerPath, checkKinds } from './checks';
export { readImage } from './format/image-schema';
export { LabError } from './format/lab-error';
export { labSchema } from './format/lab-schema';
export { readCourse } from './format/read-course';
export { type LabFiles, type LabSource, readLab } from './format/read-lab';
export { earnedBy, grade, isTriggered, passed, scoreOf, taskMet } from './grade';
export { liveChecks, liveTasks } from './live-tasks';
export type * from './seams';
