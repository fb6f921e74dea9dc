export { joinProcesses, LeaseLost, type Leases } from './leases';
