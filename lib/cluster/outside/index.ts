export { visitSite } from './visit';
