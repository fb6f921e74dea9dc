export { daemonSetController } from './daemon-set';
