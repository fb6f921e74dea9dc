export { autoscalerKind } from './autoscaler';
export { autoscalerV1Kind } from './autoscaler-v1';
