export { redisCli } from './redis-cli';
