export { scheduler } from './scheduler';
