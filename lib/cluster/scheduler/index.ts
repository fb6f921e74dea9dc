export { portsTaken } from './filters';
export { amountOf, requestsOf, sumRequests } from './pod-requests';
export { scheduler } from './scheduler';
