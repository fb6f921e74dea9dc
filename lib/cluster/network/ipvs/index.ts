export { buildIpvs } from './build-tables';
export { choose } from './choose';
export { drain, type HasConnections, withDraining } from './drain';
export { isInSet } from './membership';
export { type Counter, count, FRESH_IPVS_MEMORY, forget, type IpvsMemory, remembers } from './memory';
export { printIpset } from './print-ipset';
export {
  endedConnections,
  printConnections,
  printServers,
  printStatistics,
  serverTitle,
} from './print-ipvsadm';
export { type Destination, destinationKey, type IpvsTables, serverKey, type VirtualServer } from './tables';
