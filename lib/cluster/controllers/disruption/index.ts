export { disruptionController } from './disruption';
