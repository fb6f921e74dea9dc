export { bootstrap, bootstrapPolicy, MAX_NODES, programOf } from './bootstrap';
export { machineOf } from './machines';
export { KUBERNETES_VERSION, nodeAddressOf, nodeNameOf } from './versions';
