export { kubernetes } from './kubernetes';
