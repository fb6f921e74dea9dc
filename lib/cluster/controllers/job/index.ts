export { jobController } from './job';
