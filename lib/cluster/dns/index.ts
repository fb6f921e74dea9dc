export { outsideAnswer } from './outside';
export { OUTSIDE_NAMES, type OutsideName } from './outside-names';
export {
  answerArrived,
  type CoreDnsState,
  hasPages,
  listenersOf,
  pageOf,
  startCoreDns,
  stopCoreDns,
  turnCoreDns,
} from './server';
