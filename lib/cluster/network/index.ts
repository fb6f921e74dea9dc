export { type ClusterNetwork, networkFrom } from './create-network';
export { podResolvConf, printResolvConf } from './names/resolv-conf';
export { type NetworkOptions, OFFICE_PUBLIC_IP } from './options';
export { FRESH_NETWORK, type NetworkState } from './state';
export { readState } from './state-json';
export type { Arrival, CloudEdge, Meeting, Onward } from './wire/cloud-edge';
