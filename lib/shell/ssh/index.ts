export { ssh } from './ssh';
