export { mongodProgram } from './mongod';
export { mongoVersion } from './options';
export type { MongodState } from './state';
