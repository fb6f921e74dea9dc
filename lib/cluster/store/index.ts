export { createStore, restoreStore, WATCH_LOG_LIMIT } from './store';
