export {
  AggregateFailure,
  asFailure,
  describeFailure,
  ExitError,
  fail,
  isNotFound,
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
export { logLine, openSession, type Session, writeOptions } from './session';
