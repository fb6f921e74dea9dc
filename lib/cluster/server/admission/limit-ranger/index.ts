export { limitRanger } from './limit-ranger';
