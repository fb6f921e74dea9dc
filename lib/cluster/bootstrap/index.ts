export { bootstrap, MAX_NODES } from './bootstrap';
export { KUBERNETES_VERSION, nodeAddressOf, nodeNameOf } from './versions';
