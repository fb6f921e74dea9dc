export {
  endpointSliceController,
  MANAGED_BY,
  reconcileSlices,
  SERVICE_NAME,
} from './endpoint-slice';
export { addressOf, belongs, hasHostname, podEndpoint, portsOf, targetPortOf } from './pod-endpoint';

export { triggerTime, writtenAt } from './trigger-time';
