/** The command line of redis-cli. */
export type CliOptions = {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly user: string | null;
  readonly pass: string | null;
  readonly warns: boolean;
  readonly raw: boolean | null;
  readonly repeat: number;
  readonly intervalMs: number;
  /** The last argument comes from standard input. */
  readonly lastFromInput: boolean;
  readonly exitsOnError: boolean;
  readonly scan: string | null;
  readonly version: boolean;
  readonly words: readonly string[];
};

const IGNORED_FLAGS = [
  '-c',
  '--tls',
  '--insecure',
  '-3',
  '-2',
  '--stat',
  '--quoted-input',
  '--json',
  '--csv',
];
const IGNORED_VALUES = ['-s', '--cacert', '--cert', '--key', '--sni', '-t', '-d', '-D'];

/** Reads the command line; a string is redis-cli's complaint. */
export function readCliOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): CliOptions | string {
  const words = argv.slice(1);
  let options: CliOptions = {
    host: '127.0.0.1',
    port: 6379,
    db: 0,
    user: null,
    pass: env.REDISCLI_AUTH ?? null,
    warns: true,
    raw: null,
    repeat: 1,
    intervalMs: 0,
    lastFromInput: false,
    exitsOnError: false,
    scan: null,
    version: false,
    words: [],
  };
  const set = (more: Partial<CliOptions>): void => {
    options = { ...options, ...more };
  };
  let [scans, typedPass] = [false, false];
  while (words[0]?.startsWith('-') === true) {
    const word = words.shift() ?? '';
    const value = (): string => words.shift() ?? '';
    switch (word) {
      case '-h':
        if (words.length === 0) return USAGE;
        set({ host: value() });
        break;
      case '-p':
        set({ port: Number(value()) });
        if (!Number.isInteger(options.port) || options.port < 0 || options.port > 65_535)
          return 'Invalid server port.\n';
        break;
      case '-n':
        set({ db: Number(value()) });
        break;
      case '-a':
      case '--pass':
        set({ pass: value() });
        typedPass = true;
        break;
      case '--user':
        set({ user: value() });
        break;
      case '--no-auth-warning':
        set({ warns: false });
        break;
      case '-u': {
        const match = /^rediss?:\/\/(?:([^:@]*)(?::([^@]*))?@)?([^:/]+)(?::(\d+))?(?:\/(\d+))?$/.exec(
          value(),
        );
        if (match === null) return 'Invalid URI scheme\n';
        const [, user, pass, host = '127.0.0.1', port = '6379', db = '0'] = match;
        set({ host, port: Number(port), db: Number(db), user: user || null, pass: pass ?? options.pass });
        typedPass = pass !== undefined;
        break;
      }
      case '--raw':
        set({ raw: true });
        break;
      case '--no-raw':
        set({ raw: false });
        break;
      case '-r':
        set({ repeat: Number(value()) });
        break;
      case '-i':
        set({ intervalMs: Number(value()) * 1000 });
        break;
      case '-x':
        set({ lastFromInput: true });
        break;
      case '-e':
        set({ exitsOnError: true });
        break;
      case '--scan':
        scans = true;
        break;
      case '--pattern':
        set({ scan: value() });
        break;
      case '-v':
      case '--version':
        set({ version: true });
        break;
      case '--help':
        return USAGE;
      default:
        if (IGNORED_VALUES.includes(word)) value();
        else if (!IGNORED_FLAGS.includes(word))
          return `Unrecognized option or bad number of args for: '${word}'\n`;
    }
  }
  return { ...options, words, warns: options.warns && typedPass, scan: scans ? (options.scan ?? '*') : null };
}

const USAGE = `redis-cli 8.4.0

Usage: redis-cli [OPTIONS] [cmd [arg [arg ...]]]
  -h <hostname>      Server hostname (default: 127.0.0.1).
  -p <port>          Server port (default: 6379).
  -a <password>      Password to use when connecting to the server.
  -u <uri>           Server URI on format redis://user:password@host:port/dbnum
  -r <repeat>        Execute specified command N times.
  -i <interval>      When -r is used, waits <interval> seconds per command.
  -n <db>            Database number.
  -x                 Read last argument from STDIN.
  -e                 Return exit error code when command execution fails.
  --raw              Use raw formatting for replies (default when STDOUT is not a tty).
  --no-raw           Force formatted output even when STDOUT is not a tty.
  --scan             List all keys using the SCAN command.
  --pattern <pat>    Keys pattern when using the --scan option.
  --version          Output version and exit.
`;
