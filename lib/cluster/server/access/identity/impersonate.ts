import { type Impersonation, StatusError } from '../../../../api';
import type { Identity } from '../../../seams';
import type { Attributes } from '../attributes';
import { decide, type Policy } from '../decide';
import { forbiddenBy } from '../forbidden-by';
import { accountGroups } from '../tokens';
import { ANONYMOUS, AUTHENTICATED, UNAUTHENTICATED } from './groups';

const AUTHENTICATION = 'authentication.k8s.io';

/** One thing that somebody wants to be taken for; all are asked about before any is granted. */
interface Wish {
  readonly kind: 'User' | 'ServiceAccount' | 'Group' | 'UserExtra' | 'UID';
  readonly name: string;
  readonly namespace?: string | undefined;
  /** The extra's key. */
  readonly key?: string | undefined;
}

/** Who a request is from once impersonation is granted; undefined when none is asked for (WithImpersonation). */
export function impersonate(
  policy: Policy,
  user: Identity,
  asked: Impersonation,
): Identity | StatusError | undefined {
  const extra = lowerKeys(asked.extra);
  const wishes = wishesOf({ ...asked, extra });
  if (wishes.length === 0) return undefined;
  if (!asked.user) return withoutUser(wishes);
  for (const wish of wishes) {
    const attributes = attributesOf(user, wish);
    const { allowed, reason } = decide(policy, attributes);
    if (!allowed) return forbiddenBy(attributes, reason);
  }
  return {
    user: asked.user,
    groups: groupsOf(asked, accountOf(asked.user)),
    ...(asked.uid ? { uid: asked.uid } : {}),
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  };
}

/** Keys come as parts of header names, which know no case. */
function lowerKeys(extra: Impersonation['extra'] = {}): NonNullable<Impersonation['extra']> {
  return Object.fromEntries(Object.entries(extra).map(([key, values]) => [key.toLowerCase(), values]));
}

function wishesOf({ user, uid, groups = [], extra = {} }: Impersonation): readonly Wish[] {
  const account = user ? accountOf(user) : undefined;
  const wishes: Wish[] = [];
  if (account) wishes.push({ kind: 'ServiceAccount', ...account });
  else if (user) wishes.push({ kind: 'User', name: user });
  for (const name of groups) wishes.push({ kind: 'Group', name });
  for (const [key, values] of Object.entries(extra)) {
    for (const name of values) wishes.push({ kind: 'UserExtra', name, key });
  }
  if (uid) wishes.push({ kind: 'UID', name: uid });
  return wishes;
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const ACCOUNT = new RegExp(`^system:serviceaccount:(${LABEL}):(${LABEL}(\\.${LABEL})*)$`);

/** The account that a user name means (serviceaccount.SplitUsername). */
function accountOf(user: string): { readonly namespace: string; readonly name: string } | undefined {
  const [, namespace, , name] = ACCOUNT.exec(user) ?? [];
  return namespace === undefined || name === undefined ? undefined : { namespace, name };
}

const RESOURCES = {
  User: ['', 'users'],
  ServiceAccount: ['', 'serviceaccounts'],
  Group: ['', 'groups'],
  UserExtra: [AUTHENTICATION, 'userextras'],
  UID: [AUTHENTICATION, 'uids'],
} as const;

function attributesOf(user: Identity, { kind, name, namespace = '', key = '' }: Wish): Attributes {
  const [group, resource] = RESOURCES[kind];
  return { user, verb: 'impersonate', group, resource, subresource: key, namespace, name };
}

/** The groups asked for, or an account's own; and whether the user counts as authenticated. */
function groupsOf(
  { user, groups = [] }: Impersonation,
  account: { readonly namespace: string } | undefined,
): readonly string[] {
  const named = groups.length > 0 ? groups : account ? accountGroups(account.namespace) : [];
  if (user === ANONYMOUS) return named.includes(UNAUTHENTICATED) ? named : [...named, UNAUTHENTICATED];
  const said = named.includes(AUTHENTICATED) || named.includes(UNAUTHENTICATED);
  return said ? named : [...named, AUTHENTICATED];
}

/** Groups alone are nobody: a 500, upstream as here. */
function withoutUser(wishes: readonly Wish[]): StatusError {
  const shown = wishes.map(({ kind, name, namespace = '', key = '' }) => {
    const version = kind === 'UserExtra' || kind === 'UID' ? `${AUTHENTICATION}/v1` : '';
    return `{${[kind, namespace, name, '', version, '', key].join(' ')}}`;
  });
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `requested [${shown.join(' ')}] without impersonating a user`,
    code: 500,
  });
}
