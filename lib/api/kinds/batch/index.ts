export { cronJobKind } from './cron-job';
export { jobKind } from './job';
