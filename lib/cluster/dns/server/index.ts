export { hasPages, pageOf } from './pages';
export { listenersOf, startCoreDns, stopCoreDns, turnCoreDns } from './process';
export { answerArrived } from './queries';
export type { CoreDnsState } from './state';
