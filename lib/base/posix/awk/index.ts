export { type Awk, startAwk } from './awk';
