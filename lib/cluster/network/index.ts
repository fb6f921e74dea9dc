export { type ClusterNetwork, createNetwork, networkFrom } from './create-network';
export { syncAllNodes } from './kube-proxy';
export { ADMIN_IP, INTERNET_IP, type NetworkOptions, OFFICE_RANGE, ROUTER_IP } from './options';
export { clusterDns, podResolvConf, printResolvConf } from './resolv-conf';
export { candidates } from './resolve';
export { FRESH_NETWORK, type NetworkFaults, type NetworkState, readState } from './state';
