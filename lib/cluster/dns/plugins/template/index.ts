export { template } from './template';
