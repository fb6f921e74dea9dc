export { splitWords } from './options';
export { redisProgram } from './redis-server';
export { REDIS_CALL } from './replication';
export type { RedisReply } from './reply';
export type { RedisState } from './state';
