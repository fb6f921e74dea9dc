export { bootstrap, bootstrapPolicy, MAX_NODES } from './bootstrap';
export { KUBERNETES_VERSION, nodeAddressOf, nodeNameOf } from './versions';
