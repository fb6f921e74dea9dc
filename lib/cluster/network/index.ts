export type { Arrival, CloudEdge, Meeting, Onward } from './cloud-edge';
export { type ClusterNetwork, networkFrom } from './create-network';
export { type NetworkOptions, OFFICE_PUBLIC_IP } from './options';
export { podResolvConf, printResolvConf } from './resolv-conf';
export { FRESH_NETWORK, type NetworkState } from './state';
export { readState } from './state-json';
