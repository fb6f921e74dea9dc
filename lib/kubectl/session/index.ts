export {
  AggregateFailure,
  asFailure,
  describeFailure,
  ExitError,
  fail,
  isNotFound,
  plainMessage,
  throwAll,
  usageFailure,
  withSource,
} from './failures';
export {
  absolutePath,
  contextField,
  type Kubeconfig,
  kubeconfigPath,
  type NamedEntry,
  readKubeconfig,
} from './kubeconfig';
export { openSession, type Session, writeOptions } from './session';
