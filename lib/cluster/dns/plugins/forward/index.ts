export { forward } from './forward';
