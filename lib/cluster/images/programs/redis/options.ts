import type { ProcessEnv } from '../../../seams';
import { executableName } from '../../program';

/** The server's settings by name, as CONFIG GET shows them. */
export type RedisConfig = { readonly [name: string]: string };

/** The settings that matter to people, as a server without a file has them. */
const DEFAULTS: RedisConfig = {
  bind: '* -::*',
  port: '6379',
  'protected-mode': 'no',
  timeout: '0',
  'tcp-keepalive': '300',
  daemonize: 'no',
  loglevel: 'notice',
  logfile: '',
  databases: '16',
  save: '3600 1 300 100 60 10000',
  dbfilename: 'dump.rdb',
  dir: '/data',
  appendonly: 'no',
  appendfilename: 'appendonly.aof',
  appenddirname: 'appendonlydir',
  appendfsync: 'everysec',
  maxmemory: '0',
  'maxmemory-policy': 'noeviction',
  maxclients: '10000',
  requirepass: '',
  masterauth: '',
  masteruser: '',
  replicaof: '',
  'replica-read-only': 'yes',
  'replica-announce-ip': '',
  'replica-serve-stale-data': 'yes',
  'cluster-enabled': 'no',
  'notify-keyspace-events': '',
  'slowlog-log-slower-than': '10000',
  'lazyfree-lazy-eviction': 'no',
  tls: 'no',
  'tls-port': '0',
  user: '',
  include: '',
  'min-replicas-to-write': '0',
  'repl-diskless-sync': 'yes',
  'stop-writes-on-bgsave-error': 'yes',
  rdbcompression: 'yes',
  rdbchecksum: 'yes',
  'client-output-buffer-limit': 'normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60',
  hz: '10',
  'tcp-backlog': '511',
  'always-show-logo': 'no',
  'no-appendfsync-on-rewrite': 'no',
  'auto-aof-rewrite-percentage': '100',
  'auto-aof-rewrite-min-size': '67108864',
};
const ALIASES: Readonly<Record<string, string>> = {
  slaveof: 'replicaof',
  'slave-read-only': 'replica-read-only',
};
const YES_NO = ['appendonly', 'protected-mode', 'daemonize', 'cluster-enabled', 'replica-read-only'];
const BYTES = ['maxmemory', 'auto-aof-rewrite-min-size'];

/** What reading the configuration came to. */
export type ReadConfig =
  | { readonly config: RedisConfig; readonly file: string | null }
  | { readonly fatal: readonly string[] };

/** Reads the file that the command line names, then its options. */
export function readConfig(env: Pick<ProcessEnv, 'argv' | 'readFile'>): ReadConfig {
  // The image's docker-entrypoint.sh puts redis-server before bare options and before a name that ends in ".conf".
  const programs = ['docker-entrypoint.sh', 'redis-server'];
  const at = env.argv.findIndex((word) => !programs.includes(executableName([word])));
  const words = at === -1 ? [] : env.argv.slice(at);
  const file = words[0] !== undefined && !words[0].startsWith('-') ? words[0] : null;
  let config = DEFAULTS;
  const lines: string[] = [];
  if (file !== null) {
    const text = env.readFile(file);
    if (text === undefined)
      return { fatal: [`Fatal error, can't open config file '${file}': No such file or directory`] };
    lines.push(...text.split('\n'));
  }
  const options = (file === null ? words : words.slice(1)).reduce<string[]>((all, word) => {
    if (word.startsWith('--')) all.push(word.slice(2));
    else all.push(`${all.pop() ?? ''} ${word === '' ? '""' : word}`.trim());
    return all;
  }, []);
  for (const [index, raw] of [...lines, ...options].entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const changed = setting(config, splitWords(line), false);
    if (typeof changed === 'string')
      return {
        fatal: [
          '',
          `*** FATAL CONFIG FILE ERROR (Redis ${REDIS_VERSION}) ***`,
          `Reading the configuration file, at line ${index < lines.length ? index + 1 : index - lines.length + 2}`,
          `>>> '${line}'`,
          changed,
        ],
      };
    config = changed;
  }
  return { config, file };
}

/** The version that the catalogue's image has under its newest tags. */
const REDIS_VERSION = '8.4.0';

/** The server's version: what the image's tag says, else the newest. */
export function redisVersion(image: string): string {
  const [, version = '8'] = /:v?(\d+(?:\.\d+){0,2})/.exec(image.slice(image.lastIndexOf('/') + 1)) ?? [];
  const newest: Readonly<Record<string, string>> = {
    '8': REDIS_VERSION,
    '7': '7.4.7',
    '6': '6.2.21',
    '5': '5.0.14',
  };
  const parts = version.split('.');
  const known = newest[parts[0] ?? ''];
  if (parts.length === 3) return version;
  if (parts.length === 1) return known ?? `${version}.0.0`;
  return known?.startsWith(`${version}.`) ? known : `${version}.0`;
}

/** One setting changed; a string says why not. `live` is CONFIG SET. */
export function setting(config: RedisConfig, words: readonly string[], live: boolean): RedisConfig | string {
  const [given = '', ...values] = words;
  const name = ALIASES[given.toLowerCase()] ?? given.toLowerCase();
  if (!Object.hasOwn(DEFAULTS, name)) return 'Bad directive or wrong number of arguments';
  let value = values.join(' ');
  if (values.length === 0) return 'Bad directive or wrong number of arguments';
  if (YES_NO.includes(name)) {
    if (!/^(?:yes|no)$/i.test(value)) return "argument must be 'yes' or 'no'";
    value = value.toLowerCase();
  }
  if (name === 'port' && !/^\d{1,5}$/.test(value))
    return live
      ? 'argument must be between 0 and 65535 inclusive'
      : "argument couldn't be parsed into an integer";
  if (BYTES.includes(name)) {
    const bytes = bytesIn(value);
    if (bytes === undefined) return 'argument must be a memory value';
    value = String(bytes);
  }
  // Each "save" of a file adds a rule; an empty one takes all away.
  if (name === 'save')
    value =
      value === '""' || value === ''
        ? ''
        : live || config.save === DEFAULTS.save
          ? value
          : `${config.save} ${value}`.trim();
  return { ...config, [name]: value };
}

function bytesIn(text: string): number | undefined {
  const match = /^(\d+)(k|kb|m|mb|g|gb|b)?$/i.exec(text);
  if (match === null) return undefined;
  const [, count = '0', unit = ''] = match;
  const sizes: Readonly<Record<string, number>> = {
    '': 1,
    b: 1,
    k: 1000,
    kb: 1024,
    m: 1_000_000,
    mb: 1024 ** 2,
    g: 1_000_000_000,
    gb: 1024 ** 3,
  };
  return Number(count) * (sizes[unit.toLowerCase()] ?? 1);
}

/** A line's words; quotes keep blanks together. */
export function splitWords(line: string): readonly string[] {
  const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)];
  return words.map(([, double, single, bare]) =>
    double === undefined ? (single ?? bare ?? '') : unquoted(double),
  );
}

function unquoted(text: string): string {
  const codes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\u0007' };
  return text.replace(/\\(x[0-9a-fA-F]{2}|.)/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (codes[code] ?? code),
  );
}
