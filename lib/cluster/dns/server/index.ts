export { hasPages, pageOf } from './pages';
export { listenersOf, startCoreDns, stopCoreDns, turnCoreDns } from './process';
export { type ArrivedQuery, answerArrived } from './queries';
export type { CoreDnsState } from './state';
