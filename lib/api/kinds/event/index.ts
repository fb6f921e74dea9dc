export { eventKind } from './core-event';
export { newEventKind } from './new-event';
