export { createCloudApi } from './cloud-api';
