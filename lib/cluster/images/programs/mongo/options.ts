import { parse } from 'yaml';
import type { ProcessEnv } from '../../../seams';
import { executableName, option } from '../../program';

/** How a mongod was started. */
export type MongodOptions = {
  readonly port: number;
  readonly dbPath: string;
  readonly replSet: string | undefined;
  /** Addresses that it binds: 127.0.0.1 alone unless its command line or the image's entrypoint say otherwise. */
  readonly bindIp: readonly string[];
  readonly auth: boolean;
  readonly keyFile: string | undefined;
};

/** Options that mongod knows, those that take a value marked with "=". */
const KNOWN =
  'replSet= bind_ip= bind_ip_all port= dbpath= auth noauth keyFile= oplogSize= config= logpath= logappend fork journal nojournal wiredTigerCacheSizeGB= storageEngine= quiet verbose directoryperdb ipv6 shardsvr configsvr setParameter= maxConns= profile= slowms= syncdelay= tlsMode= sslMode= smallfiles noprealloc enableMajorityReadConcern= transitionToAuth clusterAuthMode= pidfilepath= nounixsocket'.split(
    ' ',
  );
const SHORT: Readonly<Record<string, string>> = { f: 'config', v: 'verbose', vv: 'verbose' };

/** Reads the command line and the configuration file; a string is mongod's complaint. */
export function mongodOptions(
  env: Pick<ProcessEnv, 'argv' | 'env' | 'readFile' | 'lookup'>,
): MongodOptions | string {
  const viaEntrypoint = executableName(env.argv) === 'docker-entrypoint.sh';
  const words = env.argv.slice(viaEntrypoint ? 1 : 0).filter((word, index) => index > 0 || word !== 'mongod');
  const unknown = unknownOption(
    words[0] === 'mongod' ? words.slice(1) : words.filter((word) => !/mongod$/.test(word)),
  );
  if (unknown !== undefined)
    return `Error parsing command line: unrecognised option '${unknown}'\ntry 'mongod --help' for more information`;
  const file = configFile(option(env.argv, 'config') ?? option(env.argv, 'f'), env.readFile);
  if (typeof file === 'string') return file;
  const bound = option(env.argv, 'bind_ip') ?? file.bindIp;
  const everywhere =
    env.argv.includes('--bind_ip_all') ||
    file.bindIpAll ||
    bound === '*' ||
    (bound ?? '').split(',').some((each) => each === '0.0.0.0' || each === '::');
  // The image's entrypoint adds --bind_ip_all; a Pod's `command` bypasses it.
  const all = everywhere || (viaEntrypoint && bound === undefined);
  const user = env.env.MONGO_INITDB_ROOT_USERNAME ?? '';
  const initialised = viaEntrypoint && user !== '' && (env.env.MONGO_INITDB_ROOT_PASSWORD ?? '') !== '';
  return {
    port: Number(option(env.argv, 'port') ?? file.port ?? 27_017),
    dbPath: option(env.argv, 'dbpath') ?? file.dbPath ?? '/data/db',
    replSet: option(env.argv, 'replSet')?.split('/')[0] ?? file.replSet,
    bindIp: all ? ['0.0.0.0'] : addressesOf(bound ?? 'localhost', env),
    auth: env.argv.includes('--auth') || file.auth || initialised,
    keyFile: option(env.argv, 'keyFile') ?? file.keyFile,
  };
}

/** Names in --bind_ip mean the addresses that they lead to. */
function addressesOf(bound: string, env: Pick<ProcessEnv, 'lookup'>): readonly string[] {
  return bound.split(',').flatMap((name) => {
    if (name === 'localhost') return ['127.0.0.1'];
    return /^[\d.]+$/.test(name) ? [name] : env.lookup(name).outcome.addresses;
  });
}

function unknownOption(words: readonly string[]): string | undefined {
  for (const word of words) {
    if (!word.startsWith('-')) continue;
    const name = word.replace(/^--?/, '').replace(/=.*$/, '');
    const long = SHORT[name] ?? name;
    if (!KNOWN.some((known) => known.replace('=', '') === long)) return word;
  }
  return undefined;
}

interface FromFile {
  readonly port?: number;
  readonly dbPath?: string;
  readonly replSet?: string;
  readonly bindIp?: string;
  readonly bindIpAll?: boolean;
  readonly auth?: boolean;
  readonly keyFile?: string;
}

function configFile(
  path: string | undefined,
  readFile: (path: string) => string | undefined,
): (FromFile & { bindIpAll: boolean; auth: boolean }) | string {
  const nothing = { bindIpAll: false, auth: false };
  if (path === undefined) return nothing;
  const text = readFile(path);
  if (text === undefined)
    return `Error opening config file '${path}': No such file or directory\ntry 'mongod --help' for more information`;
  const value: unknown = parse(text);
  const at = (...names: readonly string[]): unknown =>
    names.reduce(
      (found: unknown, name) =>
        typeof found === 'object' && found !== null && name in found
          ? (found as Readonly<Record<string, unknown>>)[name]
          : undefined,
      value,
    );
  const word = (found: unknown) =>
    typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
  const [port, dbPath, replSet, bindIp, keyFile] = [
    word(at('net', 'port')),
    word(at('storage', 'dbPath')),
    word(at('replication', 'replSetName')),
    word(at('net', 'bindIp')),
    word(at('security', 'keyFile')),
  ];
  return {
    ...nothing,
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(dbPath === undefined ? {} : { dbPath }),
    ...(replSet === undefined ? {} : { replSet }),
    ...(bindIp === undefined ? {} : { bindIp }),
    ...(keyFile === undefined ? {} : { keyFile }),
    bindIpAll: at('net', 'bindIpAll') === true,
    auth: at('security', 'authorization') === 'enabled',
  };
}

/** The server's version: what the image's tag says, else the newest. */
export function mongoVersion(image: string): string {
  const tag = /:(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(image.slice(image.lastIndexOf('/') + 1));
  if (tag === null) return '8.2.3';
  const [, major = '8', minor, patch] = tag;
  const newest: Readonly<Record<string, string>> = {
    '8': '8.2.3',
    '7': '7.0.28',
    '6': '6.0.27',
    '5': '5.0.32',
    '4': '4.4.30',
    '3': '3.6.23',
  };
  if (minor === undefined) return newest[major] ?? `${major}.0.0`;
  const known = newest[major];
  return patch === undefined
    ? known?.startsWith(`${major}.${minor}.`)
      ? known
      : `${major}.${minor}.0`
    : `${major}.${minor}.${patch}`;
}
