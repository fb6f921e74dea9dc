export { bootstrap, bootstrapPolicy, programOf } from './bootstrap';
export { machineOf } from './machines';
