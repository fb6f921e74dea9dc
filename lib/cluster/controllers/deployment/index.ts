export { deploymentController } from './deployment';
