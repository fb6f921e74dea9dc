export { createPodClients, type PodClientOptions } from './pod-clients';
