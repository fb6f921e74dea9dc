export {
  checkVersion,
  connectOnce,
  type Database,
  type DatabaseAddress,
  openDatabase,
  readDatabaseAddress,
  takeServerLock,
} from './connect';
export { type RunningPostgres, startEmbeddedPostgres } from './embedded-postgres';
export { migrate, planMigrations } from './migrate';
export { createPulse, type Pulse } from './pulse';
export { type LabRow, seed } from './seed';
export { isStarved } from './starved';
