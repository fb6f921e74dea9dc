/** Where a shell connects to, and how. */
export type ConnectionOptions = {
  /** "host:port" of each seed. */
  readonly hosts: readonly string[];
  readonly database: string;
  readonly replicaSet: string | null;
  readonly direct: boolean;
  readonly readPreference: string;
  readonly user: string;
  readonly password: string | null;
  readonly authSource: string;
  readonly selectionMs: number;
  /** As "Connecting to:" shows it. */
  readonly shown: string;
};

/** The command line of mongosh and mongo. */
export type ShellOptions = {
  readonly connection: ConnectionOptions | null;
  readonly quiet: boolean;
  readonly evals: readonly string[];
  readonly file: string | null;
  /** After --eval it goes on asking. */
  readonly shell: boolean;
  readonly json: boolean;
  readonly version: boolean;
  readonly asksPassword: boolean;
};

const TAKES = [
  '--host',
  '--port',
  '--eval',
  '--file',
  '-f',
  '--username',
  '-u',
  '--authenticationDatabase',
  '--authenticationMechanism',
  '--tlsCAFile',
  '--tlsCertificateKeyFile',
  '--retryWrites',
  '--apiVersion',
];
const FLAGS = [
  '--quiet',
  '--shell',
  '--nodb',
  '--norc',
  '--json',
  '--verbose',
  '--tls',
  '--ssl',
  '--tlsAllowInvalidCertificates',
  '--tlsAllowInvalidHostnames',
  '--version',
  '--help',
  '-h',
  '--ipv6',
  '--json=canonical',
  '--json=relaxed',
  '--skipStartupWarnings',
];

/** Reads a command line; a string is the shell's complaint. */
export function readShellOptions(argv: readonly string[], appName: string): ShellOptions | string {
  const given = new Map<string, string[]>();
  const operands: string[] = [];
  const words = argv.slice(1);
  let asksPassword = false;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [name = '', joined] =
      word.startsWith('--') && word.includes('=')
        ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]
        : [word];
    if (name === '-p' || name === '--password') {
      const next = joined ?? (words[0]?.startsWith('-') === false ? words.shift() : undefined);
      if (next === undefined) asksPassword = true;
      else given.set('--password', [next]);
    } else if (/^-p.+/.test(word) && !word.startsWith('--')) given.set('--password', [word.slice(2)]);
    else if (TAKES.includes(name))
      given.set(name, [...(given.get(name) ?? []), joined ?? words.shift() ?? '']);
    else if (FLAGS.includes(word) || FLAGS.includes(name)) given.set(name, ['']);
    else if (word.startsWith('-')) return `Error parsing command line: unrecognized option: ${word}`;
    else operands.push(word);
  }
  const last = (name: string) => given.get(name)?.at(-1);
  const target = operands.find((word) => !word.endsWith('.js'));
  const connection = given.has('--nodb') ? null : connectionOf(target, last, appName);
  if (typeof connection === 'string') return connection;
  return {
    connection,
    quiet: given.has('--quiet'),
    evals: given.get('--eval') ?? [],
    file: last('--file') ?? last('-f') ?? operands.find((word) => word.endsWith('.js')) ?? null,
    shell: given.has('--shell'),
    json: given.has('--json'),
    version: given.has('--version'),
    asksPassword:
      asksPassword || ((last('--username') ?? last('-u')) !== undefined && last('--password') === undefined),
  };
}

function connectionOf(
  target: string | undefined,
  last: (name: string) => string | undefined,
  appName: string,
): ConnectionOptions | string {
  const user = last('--username') ?? last('-u') ?? '';
  const password = last('--password') ?? null;
  const authSource = last('--authenticationDatabase') ?? 'admin';
  if (target !== undefined && /^mongodb(\+srv)?:\/\//.test(target))
    return fromUri(target, { user, password, authSource }, appName);
  const named = last('--host');
  const port = last('--port') ?? '27017';
  // "mongo host:port/db" and "mongo db".
  const match = target === undefined ? null : /^(?:([^/:]+)(?::(\d+))?\/)?([^/]*)$/.exec(target);
  const looksLikeHost =
    target !== undefined && (target.includes('.') || target.includes(':')) && !target.includes('/');
  const database = looksLikeHost ? 'test' : match?.[3] || 'test';
  const replica = /^([^/]+)\/(.+)$/.exec(named ?? '');
  const host = looksLikeHost
    ? (target ?? '')
    : match?.[1] === undefined
      ? (replica?.[2] ?? named ?? '127.0.0.1')
      : `${match[1]}:${match[2] ?? port}`;
  const hosts = host.split(',').map((each) => (each.includes(':') ? each : `${each}:${port}`));
  const direct = replica === null && hosts.length === 1;
  const local = hosts.length === 1 && named === undefined && match?.[1] === undefined && !looksLikeHost;
  const query = [
    ...(direct ? ['directConnection=true'] : []),
    ...(replica === null ? [] : [`replicaSet=${replica[1]}`]),
    ...(local || /^(?:127\.0\.0\.1|localhost)/.test(host) ? ['serverSelectionTimeoutMS=2000'] : []),
    ...(user !== '' && authSource !== 'admin'
      ? [`authSource=${authSource}`]
      : user !== ''
        ? ['authSource=admin']
        : []),
    `appName=${appName}`,
  ];
  const credentials = user === '' ? '' : '<credentials>@';
  const path = database === 'test' && target === undefined ? '' : database;
  return {
    hosts,
    database,
    replicaSet: replica?.[1] ?? null,
    direct,
    readPreference: 'primary',
    user,
    password,
    authSource,
    selectionMs: local || /^(?:127\.0\.0\.1|localhost)/.test(host) ? 2000 : 30_000,
    shown: `mongodb://${credentials}${hosts.join(',')}/${path}?${query.join('&')}`,
  };
}

function fromUri(
  uri: string,
  typed: Pick<ConnectionOptions, 'user' | 'password' | 'authSource'>,
  appName: string,
): ConnectionOptions | string {
  const match = /^mongodb(?:\+srv)?:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(
    uri,
  );
  if (match === null) return `MongoParseError: Invalid connection string "${uri}"`;
  const [, user = '', password, hostList = '', database = '', query = ''] = match;
  const options = new Map(
    query
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? ''] as const),
  );
  const hosts = hostList.split(',').map((each) => (each.includes(':') ? each : `${each}:27017`));
  const replicaSet = options.get('replicaSet') ?? null;
  const direct =
    options.get('directConnection') === 'true' ||
    (hosts.length === 1 && replicaSet === null && options.get('directConnection') !== 'false');
  if (direct && hosts.length > 1) return 'MongoParseError: directConnection option requires exactly one host';
  const selection = Number(
    options.get('serverSelectionTimeoutMS') ?? (/^(?:127\.0\.0\.1|localhost)/.test(hostList) ? 2000 : 30_000),
  );
  const shown = [
    ...(direct && !options.has('directConnection') ? ['directConnection=true'] : []),
    ...(query === '' ? [] : [query]),
    ...(/^(?:127\.0\.0\.1|localhost)/.test(hostList) && !options.has('serverSelectionTimeoutMS')
      ? ['serverSelectionTimeoutMS=2000']
      : []),
    `appName=${appName}`,
  ];
  const credentials = user === '' && typed.user === '' ? '' : '<credentials>@';
  return {
    hosts,
    database: database === '' ? 'test' : decode(database),
    replicaSet,
    direct,
    readPreference: options.get('readPreference') ?? 'primary',
    user: typed.user || decode(user),
    password: typed.password ?? (password === undefined ? null : decode(password)),
    authSource:
      options.get('authSource') ??
      (typed.authSource === 'admin' && database !== '' && user !== '' ? decode(database) : typed.authSource),
    selectionMs: selection,
    shown: `mongodb://${credentials}${hostList}/${database}?${shown.join('&')}`,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
