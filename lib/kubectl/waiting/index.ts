export { awaitObject, findObject } from './await-object';
export { INTERRUPTED, withDeadline } from './deadline';
export { untilTimeout } from './until-timeout';
