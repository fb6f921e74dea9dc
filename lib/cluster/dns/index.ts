export { outsideAnswer } from './outside';
export { OUTSIDE_NAMES, type OutsideName } from './outside-names';
export {
  type ArrivedQuery,
  answerArrived,
  type CoreDnsState,
  hasPages,
  listenersOf,
  pageOf,
  startCoreDns,
  stopCoreDns,
  turnCoreDns,
} from './server';
export { COREDNS_VERSION } from './version';
