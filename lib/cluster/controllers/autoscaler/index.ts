export { autoscalerController } from './autoscaler';
