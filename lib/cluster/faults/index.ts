export { type ActiveFault, type FaultBook, faultBook } from './active-fault';
export {
  isCut,
  isDown,
  isProbeBroken,
  isProxyStopped,
  kubeletStoppedSince,
  machineDownSince,
  placeName,
} from './ask-faults';
export { type Breakable, createFaults } from './create-faults';
