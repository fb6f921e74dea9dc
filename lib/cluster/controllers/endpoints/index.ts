export { endpointsController } from './endpoints';
