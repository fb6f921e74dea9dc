export { causeAnnotation, RECORDING, withChangeCause } from './change-cause';
export {
  AggregateFailure,
  asFailure,
  describeFailure,
  ExitError,
  fail,
  isNotFound,
  PrintFailure,
  plainMessage,
  throwAll,
  unreachable,
  usageFailure,
  withSource,
} from './failures';
export {
  absolutePath,
  contextField,
  type Kubeconfig,
  kubeconfigPath,
  kubeconfigPaths,
  loadKubeconfig,
  type NamedEntry,
  readKubeconfig,
} from './kubeconfig';
export { logLine } from './log-line';
export { DiscoveryFailure, Unreachable } from './server';
export { openSession, type Session, timeoutMs, writeOptions } from './session';
export { refusalLine } from './verbosity';
