import type { ProcessEnv } from '../../../seams';
import { redisVersion } from './options';
import type { RedisState } from './state';

const SECTIONS = [
  'server',
  'clients',
  'memory',
  'persistence',
  'stats',
  'replication',
  'cpu',
  'cluster',
  'keyspace',
];

/** Bytes that an empty server holds. */
const BASE_BYTES = 1_048_576;

/** The bytes that its data takes, roughly as Redis counts. */
export function usedMemory({ databases }: Pick<RedisState, 'databases'>): number {
  return BASE_BYTES + JSON.stringify(databases).length * 2;
}

/** INFO. */
export function info(state: RedisState, env: ProcessEnv, wanted: readonly string[]): string {
  const names = wanted.map((name) => name.toLowerCase());
  const all = names.length === 0 || names.some((name) => ['all', 'everything', 'default'].includes(name));
  return SECTIONS.filter((name) => all || names.includes(name))
    .map((name) => {
      const title = name === 'cpu' ? 'CPU' : name[0]?.toUpperCase() + name.slice(1);
      const lines = linesOf(name, state, env).map(([key, value]) => `${key}:${value}\r\n`);
      return `# ${title}\r\n${lines.join('')}`;
    })
    .join('\r\n');
}

type Line = readonly [string, string | number];

function linesOf(section: string, state: RedisState, env: ProcessEnv): readonly Line[] {
  const { config } = state;
  const seconds = Math.floor((env.now - state.startedAt) / 1000);
  switch (section) {
    case 'server':
      return [
        ['redis_version', redisVersion(env.image)],
        ['redis_git_sha1', '00000000'],
        ['redis_mode', 'standalone'],
        ['os', 'Linux 6.8.0 x86_64'],
        ['arch_bits', 64],
        ['process_id', 1],
        ['run_id', state.runId],
        ['tcp_port', config.port ?? '6379'],
        ['uptime_in_seconds', seconds],
        ['uptime_in_days', Math.floor(seconds / 86_400)],
        ['hz', config.hz ?? '10'],
        ['executable', '/usr/local/bin/redis-server'],
        ['config_file', state.file ?? ''],
      ];
    case 'clients':
      return [
        ['connected_clients', 1],
        ['cluster_connections', 0],
        ['maxclients', config.maxclients ?? '10000'],
        ['blocked_clients', 0],
      ];
    case 'memory':
      return [
        ['used_memory', usedMemory(state)],
        ['used_memory_human', `${(usedMemory(state) / 1024 / 1024).toFixed(2)}M`],
        ['maxmemory', config.maxmemory ?? '0'],
        ['maxmemory_human', humanBytes(Number(config.maxmemory))],
        ['maxmemory_policy', config['maxmemory-policy'] ?? 'noeviction'],
      ];
    case 'persistence':
      return [
        ['loading', 0],
        ['rdb_changes_since_last_save', state.dirty],
        ['rdb_bgsave_in_progress', 0],
        ['rdb_last_save_time', Math.floor(state.savedAt / 1000)],
        ['rdb_last_bgsave_status', 'ok'],
        ['aof_enabled', config.appendonly === 'yes' ? 1 : 0],
      ];
    case 'stats':
      return [
        ['total_connections_received', state.connections],
        ['total_commands_processed', state.commands],
        ['expired_keys', 0],
        ['evicted_keys', 0],
      ];
    case 'replication':
      return replication(state, env);
    case 'cpu':
      return [
        ['used_cpu_sys', '0.100000'],
        ['used_cpu_user', '0.100000'],
      ];
    case 'cluster':
      return [['cluster_enabled', 0]];
    default:
      return keyspace(state, env);
  }
}

const humanBytes = (bytes: number): string =>
  bytes === 0
    ? '0B'
    : bytes >= 1024 ** 3
      ? `${(bytes / 1024 ** 3).toFixed(2)}G`
      : `${(bytes / 1024 ** 2).toFixed(2)}M`;

function replication({ master, replicas, replId, offset }: RedisState, env: ProcessEnv): readonly Line[] {
  const ends: readonly Line[] = [
    ['connected_slaves', replicas.length],
    ...replicas.map(
      ({ ip, port, offset: at }, index): Line => [
        `slave${index}`,
        `ip=${ip},port=${port},state=online,offset=${at},lag=0`,
      ],
    ),
    ['master_failover_state', 'no-failover'],
    ['master_replid', replId],
    ['master_replid2', '0'.repeat(40)],
    ['master_repl_offset', offset],
    ['second_repl_offset', -1],
    ['repl_backlog_active', replicas.length > 0 || master !== null ? 1 : 0],
    ['repl_backlog_size', 1_048_576],
    ['repl_backlog_first_byte_offset', replicas.length > 0 || master !== null ? 1 : 0],
    ['repl_backlog_histlen', offset],
  ];
  if (master === null) return [['role', 'master'], ...ends];
  return [
    ['role', 'slave'],
    ['master_host', master.host],
    ['master_port', master.port],
    ['master_link_status', master.up ? 'up' : 'down'],
    ['master_last_io_seconds_ago', master.up ? 1 : -1],
    ['master_sync_in_progress', 0],
    ['slave_read_repl_offset', offset],
    ['slave_repl_offset', offset],
    ...(master.up
      ? []
      : ([['master_link_down_since_seconds', Math.floor((env.now - master.downSince) / 1000)]] as const)),
    ['slave_priority', 100],
    ['slave_read_only', 1],
    ['replica_announced', 1],
    ...ends,
  ];
}

function keyspace({ databases }: RedisState, { now }: ProcessEnv): readonly Line[] {
  return Object.entries(databases).flatMap(([number, keys]): readonly Line[] => {
    const live = Object.values(keys).filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
    const timed = live.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt - now]));
    if (live.length === 0) return [];
    const average =
      timed.length === 0 ? 0 : Math.floor(timed.reduce((sum, ms) => sum + ms, 0) / timed.length);
    return [[`db${number}`, `keys=${live.length},expires=${timed.length},avg_ttl=${average},subexpiry=0`]];
  });
}
