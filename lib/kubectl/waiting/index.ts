export { awaitObject, findObject } from './await-object';
export { type Ending, INTERRUPTED, withDeadline } from './deadline';
