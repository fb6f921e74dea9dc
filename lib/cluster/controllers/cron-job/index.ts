export { cronJobController } from './cron-job';
