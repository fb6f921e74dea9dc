import { defineImage } from '../define-image';
import { type RedisState, redisProgram } from '../programs/redis';
import { redisCli } from '../programs/redis-cli';
import { ALPINE_TOOLS, DEBIAN_TOOLS } from '../tools';

/** Redis, and its client. */
export const redis = defineImage<RedisState>({
  names: ['redis'],
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['redis-server'],
  sizeBytes: 53_000_000,
  tools: DEBIAN_TOOLS,
  program: redisProgram,
  executables: { 'redis-cli': redisCli('glibc') },
  variant: (tag) =>
    tag.includes('alpine')
      ? { tools: ALPINE_TOOLS, sizeBytes: 17_000_000, executables: { 'redis-cli': redisCli('musl') } }
      : undefined,
});
