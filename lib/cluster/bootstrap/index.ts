export { bootstrap, bootstrapPolicy, MAX_NODES, programOf } from './bootstrap';
export { KUBERNETES_VERSION, nodeAddressOf, nodeNameOf } from './versions';
