export { awaitObject, findObject } from './await-object';
export { INTERRUPTED, withDeadline } from './deadline';
