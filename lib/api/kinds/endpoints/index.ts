export { endpointSliceKind } from './endpoint-slice';
export { endpointsKind } from './endpoints';
