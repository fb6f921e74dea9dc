import type { Node, Pod, ServiceAccount, Stored, View } from '../../../../api';
import { parseTime, sha256Hex } from '../../../../base';
import { accountClaims, ISSUER } from './account-claims';
import { lifetimeOf } from './issue-token';
import { signToken, type TokenKey } from './jwt';

/** A serviceAccountToken source of a projected volume. */
export interface TokenSource {
  readonly audience?: string | undefined;
  readonly expirationSeconds?: number | undefined;
  readonly path: string;
}

/** When a kubelet has asked for a Pod's tokens, and for which account then. */
export interface TokenTimes {
  /** When the volumes were set up. */
  readonly since: number;
  readonly now: number;
  /** The account's uid then, which a later account of that name has not. */
  readonly accountUid?: string | undefined;
}

const DEFAULT_SECONDS = 3600;
const MAX_AGE_MS = 24 * 3_600_000;
/** A token is asked for anew when so much of its life is over (token.Manager.requiresRefresh). */
const REFRESH_SHARE = 0.8;

/**
 * Tokens by Pod: signing costs more than looking, and programs look at every request. A Pod's spec stays itself while its
 * status changes.
 */
const known = new WeakMap<object, Map<string, string>>();

/**
 * The token that a Pod's kubelet has written into its volume; undefined while there is no such account. It follows
 * from when the Pod was set up: kubelets keep no tokens here.
 */
export function podToken(
  key: TokenKey,
  view: View,
  pod: Stored<Pod>,
  source: TokenSource,
  { since, now, accountUid }: TokenTimes,
): string | undefined {
  const { namespace = '', name, uid } = pod.metadata;
  const accountName = pod.spec?.serviceAccountName || 'default';
  const seconds = source.expirationSeconds ?? DEFAULT_SECONDS;
  const every = Math.min(seconds * 1000 * REFRESH_SHARE, MAX_AGE_MS);
  const issuedAt = since + Math.max(0, Math.floor((now - since) / every)) * every;
  const account = view.get<ServiceAccount>('serviceaccounts', namespace, accountName);
  const born = parseTime(account?.metadata.creationTimestamp ?? '') ?? 0;
  const owner = account && (accountUid === undefined || born <= issuedAt) ? account.metadata.uid : accountUid;
  if (owner === undefined) return undefined;
  const nodeName = pod.spec?.nodeName ?? '';
  const nodeUid = view.get<Node>('nodes', '', nodeName)?.metadata.uid;
  const lasting = pod.spec ?? pod;
  const cached = known.get(lasting) ?? new Map<string, string>();
  known.set(lasting, cached);
  const about = [key.header, uid, source.audience, source.path, seconds, issuedAt, owner, nodeUid].join('/');
  const found = cached.get(about);
  if (found !== undefined) return found;
  const audiences = [source.audience || ISSUER];
  const claims = accountClaims(
    { metadata: { namespace, name: accountName, uid: owner } },
    {
      audiences,
      issuedAt,
      ...lifetimeOf(seconds, audiences.includes(ISSUER)),
      id: uuidOf(about),
      pod: { name, uid },
      node: nodeUid === undefined ? { name: nodeName } : { name: nodeName, uid: nodeUid },
    },
  );
  const token = signToken(key, claims);
  cached.set(about, token);
  return token;
}

/** A version 4 UUID that follows from a text. */
function uuidOf(text: string): string {
  const hex = sha256Hex(text);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
