/** The command line of mysql and mysqladmin. */
export type ClientOptions = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | null;
  /** -p without a password: it is asked for. */
  readonly asks: boolean;
  /** A password stood on the command line. */
  readonly warns: boolean;
  readonly database: string | null;
  readonly execute: string | null;
  readonly table: boolean;
  readonly batch: boolean;
  readonly silent: boolean;
  readonly headings: boolean;
  readonly vertical: boolean;
  readonly force: boolean;
  readonly tcp: boolean;
  readonly timeoutSeconds: number;
  readonly rehash: boolean;
  readonly version: boolean;
  readonly words: readonly string[];
};

const VALUED: Readonly<Record<string, string>> = {
  h: 'host',
  P: 'port',
  u: 'user',
  D: 'database',
  e: 'execute',
  S: 'socket',
};
const FLAGS: Readonly<Record<string, string>> = {
  t: 'table',
  B: 'batch',
  s: 'silent',
  N: 'skip-column-names',
  E: 'vertical',
  f: 'force',
  A: 'no-auto-rehash',
  V: 'version',
  v: 'verbose',
  r: 'raw',
  n: 'unbuffered',
  C: 'compress',
};
const IGNORED = [
  'verbose',
  'raw',
  'unbuffered',
  'compress',
  'ssl-mode',
  'get-server-public-key',
  'default-character-set',
  'skip-ssl',
  'no-beep',
];

/** Reads the command line; a text is the program's complaint. */
export function readOptions(
  program: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  user: string,
): ClientOptions | string {
  let options: ClientOptions = {
    host: env.MYSQL_HOST ?? 'localhost',
    port: Number(env.MYSQL_TCP_PORT ?? 3306),
    user,
    password: env.MYSQL_PWD ?? null,
    asks: false,
    warns: false,
    database: null,
    execute: null,
    table: false,
    batch: false,
    silent: false,
    headings: true,
    vertical: false,
    force: false,
    tcp: false,
    timeoutSeconds: 0,
    rehash: true,
    version: false,
    words: [],
  };
  const set = (more: Partial<ClientOptions>): void => {
    options = { ...options, ...more };
  };
  const left = [...argv];
  const apply = (name: string, value: string | undefined): string | undefined => {
    const taken = (): string => value ?? left.shift() ?? '';
    switch (name) {
      case 'host':
        set({ host: taken() });
        return undefined;
      case 'port':
        set({ port: Number(taken()) });
        return undefined;
      case 'user':
        set({ user: taken() });
        return undefined;
      case 'database':
        set({ database: taken() });
        return undefined;
      case 'execute':
        set({ execute: taken() });
        return undefined;
      case 'socket':
        taken();
        return undefined;
      case 'connect-timeout':
      case 'connect_timeout':
        set({ timeoutSeconds: Number(taken()) });
        return undefined;
      case 'protocol':
        set({ tcp: taken().toLowerCase() === 'tcp' });
        return undefined;
      case 'password':
        if (value === undefined) set({ asks: true });
        else set({ password: value, warns: true });
        return undefined;
      case 'skip-password':
        set({ password: null, asks: false });
        return undefined;
      case 'table':
        set({ table: true });
        return undefined;
      case 'batch':
        set({ batch: true });
        return undefined;
      case 'silent':
        set({ silent: true });
        return undefined;
      case 'skip-column-names':
        set({ headings: false });
        return undefined;
      case 'vertical':
        set({ vertical: true });
        return undefined;
      case 'force':
        set({ force: true });
        return undefined;
      case 'no-auto-rehash':
      case 'skip-auto-rehash':
        set({ rehash: false });
        return undefined;
      case 'version':
        set({ version: true });
        return undefined;
      default:
        return IGNORED.includes(name) ? undefined : `${program}: [ERROR] unknown option '--${name}'.\n`;
    }
  };
  while (left.length > 0) {
    const word = left.shift() ?? '';
    let complaint: string | undefined;
    if (word.startsWith('--')) {
      const cut = word.indexOf('=');
      complaint = cut < 0 ? apply(word.slice(2), undefined) : apply(word.slice(2, cut), word.slice(cut + 1));
    } else if (word.startsWith('-') && word.length > 1) complaint = short(word.slice(1), apply, program);
    else set({ words: [...options.words, word] });
    if (complaint !== undefined) return complaint;
  }
  return options;
}

/** Letters after one hyphen: "-uroot", "-psecret", "-sN". */
function short(
  letters: string,
  apply: (name: string, value: string | undefined) => string | undefined,
  program: string,
): string | undefined {
  const letter = letters[0] ?? '';
  const rest = letters.slice(1);
  if (letter === 'p') return apply('password', rest === '' ? undefined : rest);
  const valued = VALUED[letter];
  if (valued !== undefined) return apply(valued, rest === '' ? undefined : rest);
  const flag = FLAGS[letter];
  if (flag === undefined) return `${program}: [ERROR] unknown option '-${letter}'.\n`;
  const complaint = apply(flag, undefined);
  return complaint ?? (rest === '' ? undefined : short(rest, apply, program));
}
