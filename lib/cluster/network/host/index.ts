export { type Daemon, daemonsOf } from './daemons';
export { hostAt } from './host';
export { saveDate } from './save-date';
