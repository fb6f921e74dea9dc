import { encodeBase64, isRecord } from '../../../base';
import { bool, text } from '../../flags';
import { configSetCredentialsManual } from '../../manual';
import type { CommandEnv, ParsedArgs } from '../../seams';
import { absolutePath, fail } from '../../session';
import { command, write } from './kubeconfig-file';

const ELSEWHERE = [
  'auth-provider',
  'auth-provider-arg',
  'exec-command',
  'exec-arg',
  'exec-env',
  'exec-api-version',
];

/** `kubectl config set-credentials`, for certificates, tokens and passwords. */
export const setCredentials = command(configSetCredentialsManual, 1, 1, async (args, env, config, path) => {
  const [name = ''] = args.positional;
  const problem = problemOf(args, env, name);
  if (problem !== undefined) throw fail(problem);
  const entry = config.users.find((each) => each.name === name);
  const changed = { name, user: changedUser(args, env, isRecord(entry?.user) ? entry.user : {}) };
  const users = entry
    ? config.users.map((each) => (each === entry ? changed : each))
    : [...config.users, changed];
  write(env, path, { ...config, users });
  await env.streams.stdout.write(`User "${name}" set.\n`);
});

function problemOf(args: ParsedArgs, env: CommandEnv, name: string): string | undefined {
  if (name === '') return 'you must specify a non-empty user name';
  const away = ELSEWHERE.find((each) => args.given.has(each));
  if (away !== undefined) return `--${away} is not available in this simulated cluster`;
  const basic = text(args, 'username') !== '' || text(args, 'password') !== '';
  if (text(args, 'token') !== '' && basic) {
    return 'you cannot specify more than one authentication method at the same time: --token, --username/--password';
  }
  if (!bool(args, 'embed-certs')) return undefined;
  const files = ['client-certificate', 'client-key'].filter((each) => text(args, each) !== '');
  if (files.length === 0) return 'you must specify a --client-certificate or --client-key to embed';
  const absent = files.find(
    (each) => env.files.stat(absolutePath(text(args, each), env.cwd))?.kind !== 'file',
  );
  if (absent === undefined) return undefined;
  const file = text(args, absent);
  return `could not stat ${absent} file ${file}: stat ${file}: no such file or directory`;
}

function changedUser(
  args: ParsedArgs,
  { files, cwd }: CommandEnv,
  held: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const user: Record<string, unknown> = { ...held };
  const set = (key: string, value: string) => {
    if (value === '') delete user[key];
    else user[key] = value;
  };
  for (const file of ['client-certificate', 'client-key']) {
    if (!args.given.has(file)) continue;
    const path = absolutePath(text(args, file), cwd);
    const embedded = bool(args, 'embed-certs');
    set(`${file}-data`, embedded ? encodeBase64(files.read(path)) : '');
    set(file, embedded ? '' : path);
  }
  for (const field of ['token', 'username', 'password'])
    if (args.given.has(field)) set(field, text(args, field));
  if (text(args, 'token') !== '') for (const field of ['username', 'password']) set(field, '');
  else if (text(args, 'username') !== '' || text(args, 'password') !== '') set('token', '');
  return user;
}
