export { type Bus, createBus, PROCESS_ID } from './bus';
