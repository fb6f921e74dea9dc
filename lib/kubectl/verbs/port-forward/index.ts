export { portForward } from './port-forward';
