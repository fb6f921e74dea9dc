export { authenticate } from './authenticate';
