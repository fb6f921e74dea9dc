export { mongoShell } from './shell';
