export { scheduler } from './scheduler';
export { type Taint, tolerates } from './tolerations';
