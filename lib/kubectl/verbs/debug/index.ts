export { debug } from './debug';
