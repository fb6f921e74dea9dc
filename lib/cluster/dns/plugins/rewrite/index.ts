export { rewrite } from './rewrite';
