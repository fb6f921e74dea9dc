import type { Credentials, Impersonation } from '../../api';
import { isRecord } from '../../base';
import { list, text } from '../flags';
import type { CommandEnv, ParsedArgs } from '../seams';
import { ExitError, fail } from './failures';
import { absolutePath, contextField, type Kubeconfig } from './kubeconfig';

const CERTIFICATES = ['client-certificate', 'client-certificate-data'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Who the kubeconfig's user and the flags say is asking (clientcmd). Undefined: the client's own user, whom an entry
 * without any credentials of its own stands for, as one with a client certificate would.
 */
export function credentialsOf(
  args: ParsedArgs,
  env: Pick<CommandEnv, 'files' | 'cwd'>,
  config: Kubeconfig,
  context: string,
): Credentials | undefined {
  const asked = text(args, 'user');
  const name = asked || contextField(config, context, 'user');
  const entry = config.users.find((each) => each.name === name);
  if (asked !== '' && !entry) throw fail(`auth info "${asked}" does not exist`);
  const user = isRecord(entry?.user) ? entry.user : {};
  const impersonate = impersonationOf(args, user, name);
  if (CERTIFICATES.some((each) => textOf(user[each]) !== '')) {
    // Nobody here signs certificates: such a one is of an authority that the server does not know.
    throw new ExitError(1, 'error: You must be logged in to the server (Unauthorized)');
  }
  const token = tokenOf(user, env) || (entry ? '' : text(args, 'token'));
  if (token === '' && !entry && context !== '') throw new ExitError(1, 'Please enter Username: error: EOF');
  if (token === '' && !impersonate) return undefined;
  return { ...(token === '' ? {} : { token }), ...(impersonate ? { impersonate } : {}) };
}

function tokenOf(user: Fields, { files, cwd }: Pick<CommandEnv, 'files' | 'cwd'>): string {
  if (typeof user.token === 'string' && user.token !== '') return user.token;
  const path = user.tokenFile;
  if (typeof path !== 'string' || path === '') return '';
  const whole = absolutePath(path, cwd);
  if (files.stat(whole)?.kind !== 'file') throw fail(`open ${path}: no such file or directory`);
  return files.read(whole).trim();
}

function impersonationOf(args: ParsedArgs, fields: Fields, name: string): Impersonation | undefined {
  const user = text(args, 'as') || textOf(fields.as);
  const uid = text(args, 'as-uid') || textOf(fields['as-uid']);
  const given = list(args, 'as-group');
  const groups = given.length > 0 ? given : textsOf(fields['as-groups']);
  const flagged = list(args, 'as-user-extra');
  const extra = flagged.length > 0 ? extraOf(flagged) : extraFields(fields['as-user-extra']);
  const others = uid !== '' || groups.length > 0 || Object.keys(extra).length > 0;
  if (user === '') {
    if (!others) return undefined;
    throw fail(`requesting uid, groups or user-extra for ${name} without impersonating a user`);
  }
  return { user, uid: uid || undefined, groups, extra };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

/** "key=value", again for each further value. */
function extraOf(pairs: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const extra: Record<string, readonly string[]> = {};
  for (const pair of pairs) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (key === undefined || value === undefined)
      throw fail(`invalid user extra "${pair}", expected key=value`);
    extra[key] = [...(extra[key] ?? []), value];
  }
  return extra;
}

function extraFields(value: unknown): Readonly<Record<string, readonly string[]>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, textsOf(each)]));
}
