import type { FileChanges } from '../../../../api';
import type { ProcessEnv } from '../../../seams';
import type { RedisDatabases } from './keyspace';
import type { RedisConfig } from './options';
import type { RedisState } from './state';

const MAGIC = 'REDIS0012 ';

const rdbPath = ({ dir, dbfilename }: RedisConfig): string => `${dir}/${dbfilename}`;
const aofPath = ({ dir, appenddirname, appendfilename }: RedisConfig): string =>
  `${dir}/${appenddirname}/${appendfilename}.1.incr.aof`;

/** The data as files: a snapshot, and every change at once where the append-only file is on. */
export function snapshotFiles({ config, databases }: Pick<RedisState, 'config' | 'databases'>): FileChanges {
  return { [rdbPath(config)]: MAGIC + JSON.stringify(databases) };
}

/** What a change writes at once. */
export function appendFiles({ config, databases }: Pick<RedisState, 'config' | 'databases'>): FileChanges {
  return config.appendonly === 'yes' ? { [aofPath(config)]: MAGIC + JSON.stringify(databases) } : {};
}

/** The data that the files have. */
export function readData(env: Pick<ProcessEnv, 'readFile'>, config: RedisConfig): RedisDatabases | undefined {
  const text = env.readFile(config.appendonly === 'yes' ? aofPath(config) : rdbPath(config));
  if (text === undefined || !text.startsWith(MAGIC)) return undefined;
  return JSON.parse(text.slice(MAGIC.length)) as RedisDatabases;
}

/** When a snapshot is due: the first of the save rules that the changes so far meet. */
export function saveDueAt({ config, dirty, savedAt }: RedisState): number | undefined {
  const words = (config.save ?? '').split(' ').filter((word) => word !== '');
  const moments: number[] = [];
  for (let at = 0; at + 1 < words.length; at += 2)
    if (dirty >= Number(words[at + 1])) moments.push(savedAt + Number(words[at]) * 1000);
  return moments.length === 0 ? undefined : Math.min(...moments);
}
