import { goQuote, type KubeObject, notFound, type Secret, type Stored } from '../../../../api';
import { decodeBase64, isRecord, parseTime } from '../../../../base';
import type { Identity, Store } from '../../../seams';
import { AUTHENTICATED } from '../identity/groups';
import { accountGroups, accountUser, ISSUER, LEGACY_ISSUER, readLegacyClaims } from './account-claims';
import { type Claims, isSignedBy, readToken, type TokenKey } from './jwt';

/** Clocks may differ by this much (jwt.DefaultLeeway). */
const LEEWAY_SECONDS = 60;

/** Where tokens are looked up. */
export interface TokenWorld {
  readonly store: Store;
  readonly key: TokenKey;
  /** Virtual ms. */
  readonly now: number;
}

/** A token's owner and the audiences it was meant for, among those asked about. */
export interface Authenticated {
  readonly user: Identity;
  readonly audiences: readonly string[];
}

/** Whose token this is, or why it is nobody's ('' when it is none of this cluster's). */
export function authenticateToken(
  world: TokenWorld,
  token: string,
  audiences: readonly string[] = [ISSUER],
): Authenticated | string {
  const claims = readToken(token);
  const issuer = claims?.iss;
  if (!claims || (issuer !== ISSUER && issuer !== LEGACY_ISSUER)) return '';
  if (!isSignedBy(world.key, token)) return 'go-jose/go-jose: error in cryptographic primitive';
  const meant = strings(claims.aud);
  const own = meant.length === 0 ? [ISSUER] : meant;
  const shared = own.filter((each) => audiences.includes(each));
  if (shared.length === 0) {
    return `token audiences ${quoted(own)} is invalid for the target audiences ${quoted(audiences)}`;
  }
  const user = issuer === ISSUER ? ofClaims(world, claims) : ofLegacyClaims(world, claims, token);
  return typeof user === 'string' ? user : { user, audiences: shared };
}

const quoted = (list: readonly string[]): string => `[${list.map(goQuote).join(' ')}]`;
const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** serviceaccount.validator.Validate. */
function ofClaims(world: TokenWorld, claims: Claims): Identity | string {
  const now = world.now / 1000;
  const [expires, begins] = [number(claims.exp), number(claims.nbf)];
  if (begins !== undefined && now + LEEWAY_SECONDS < begins) return 'service account token is not valid yet';
  if (expires !== undefined && now - LEEWAY_SECONDS > expires) return 'service account token has expired';
  const own = isRecord(claims['kubernetes.io']) ? claims['kubernetes.io'] : {};
  const namespace = String(own.namespace ?? '');
  const { name, uid } = reference(own.serviceaccount) ?? { name: '', uid: '' };
  const account = world.store.get(`/serviceaccounts/${namespace}/${name}`);
  if (!account) return notFound('serviceaccounts', '', name).message;
  if (isGone(world, account)) return `service account ${namespace}/${name} has been deleted`;
  if (account.metadata.uid !== uid) {
    return `service account UID (${account.metadata.uid}) does not match claim (${uid})`;
  }
  const problem =
    boundProblem(world, 'secret', `/secrets/${namespace}`, own.secret) ??
    boundProblem(world, 'pod', `/pods/${namespace}`, own.pod) ??
    (own.pod === undefined ? boundProblem(world, 'node', '/nodes/', own.node) : undefined);
  if (problem !== undefined) return problem;
  return {
    user: accountUser(namespace, name),
    uid,
    groups: [...accountGroups(namespace), AUTHENTICATED],
    extra: extraOf(claims, reference(own.pod), reference(own.node)),
  };
}

interface Reference {
  readonly name: string;
  readonly uid: string;
}

function reference(value: unknown): Reference | undefined {
  return isRecord(value) ? { name: String(value.name ?? ''), uid: String(value.uid ?? '') } : undefined;
}

/** A token bound to an object goes with it. */
function boundProblem(world: TokenWorld, kind: string, prefix: string, value: unknown): string | undefined {
  const bound = reference(value);
  if (!bound) return undefined;
  const found = world.store.get(`${prefix}/${bound.name}`);
  if (!found || isGone(world, found)) return 'service account token has been invalidated';
  if (found.metadata.uid === bound.uid) return undefined;
  return `${kind} UID (${found.metadata.uid}) does not match service account ${kind} ref claim (${bound.uid})`;
}

function isGone({ now }: TokenWorld, { metadata }: KubeObject): boolean {
  const at = parseTime(metadata.deletionTimestamp ?? '');
  return at !== undefined && at < now - LEEWAY_SECONDS * 1000;
}

const EXTRA = 'authentication.kubernetes.io/';

/** What is known of a token's bearer besides the account. */
function extraOf(
  claims: Claims,
  pod: Reference | undefined,
  node: Reference | undefined,
): Readonly<Record<string, readonly string[]>> {
  const entries: (readonly [string, string])[] = [];
  if (typeof claims.jti === 'string') entries.push(['credential-id', `JTI=${claims.jti}`]);
  if (node?.name) entries.push(['node-name', node.name]);
  if (node?.uid) entries.push(['node-uid', node.uid]);
  if (pod) entries.push(['pod-name', pod.name], ['pod-uid', pod.uid]);
  return Object.fromEntries(entries.map(([name, value]) => [`${EXTRA}${name}`, [value]]));
}

const INVALID_SINCE = 'kubernetes.io/legacy-token-invalid-since';

/** serviceaccount.legacyValidator.Validate: the Secret that holds the token must still hold it. */
function ofLegacyClaims({ store }: TokenWorld, claims: Claims, token: string): Identity | string {
  const { namespace, secret: secretName, account: name, uid } = readLegacyClaims(claims);
  const secret = store.get(`/secrets/${namespace}/${secretName}`) as Stored<Secret> | undefined;
  if (!secret || secret.metadata.deletionTimestamp) return 'Token has been invalidated';
  if (decodeBase64(secret.data?.token ?? '') !== token) return "Token does not match server's copy";
  const account = store.get(`/serviceaccounts/${namespace}/${name}`);
  if (!account) return notFound('serviceaccounts', '', name).message;
  if (account.metadata.deletionTimestamp) return `ServiceAccount ${namespace}/${name} has been deleted`;
  if (account.metadata.uid !== uid) {
    return `ServiceAccount UID (${account.metadata.uid}) does not match claim (${uid})`;
  }
  if (secret.metadata.labels?.[INVALID_SINCE] !== undefined) {
    return `the token in secret ${namespace}/${secretName} for service account ${namespace}/${name} has been marked invalid. Use tokens from the TokenRequest API or manually created secret-based tokens, or remove the '${INVALID_SINCE}' label from the secret to temporarily allow use of this token`;
  }
  return { user: accountUser(namespace, name), uid, groups: [...accountGroups(namespace), AUTHENTICATED] };
}
