export { deploymentController } from './deployment';
export { scaledValue } from './replica-sets';
