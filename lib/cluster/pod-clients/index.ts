export { createPodClients } from './pod-clients';
