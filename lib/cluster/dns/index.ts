export { answer } from './answer';
export { OUTSIDE_NAMES } from './outside-names';
export { outsideAnswer } from './upstream';
