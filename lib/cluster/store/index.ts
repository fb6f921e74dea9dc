export { createStore, restoreStore, type StoreOptions, WATCH_LOG_LIMIT } from './store';
