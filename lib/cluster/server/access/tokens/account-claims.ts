import type { Secret, ServiceAccount, Stored } from '../../../../api';
import type { Claims } from './jwt';

/** Who issues tokens, and for whom, unless another audience is asked for (kubeadm's --service-account-issuer). */
export const ISSUER = 'https://kubernetes.default.svc.cluster.local';
/** Who issues the tokens of Secrets. */
export const LEGACY_ISSUER = 'kubernetes/serviceaccount';

/** An object that a token names. */
export interface NamedObject {
  readonly name: string;
  readonly uid: string;
}

/** What a token is made of besides its account. */
export interface TokenTerms {
  readonly audiences: readonly string[];
  /** Virtual ms. */
  readonly issuedAt: number;
  readonly lifetimeSeconds: number;
  /** Past this age it still works, but is counted as stale. */
  readonly warnAfterSeconds?: number | undefined;
  readonly id: string;
  readonly pod?: NamedObject | undefined;
  readonly node?: { readonly name: string; readonly uid?: string | undefined } | undefined;
  readonly secret?: NamedObject | undefined;
}

type AccountMetadata = Pick<Stored<ServiceAccount>['metadata'], 'namespace' | 'name' | 'uid'>;

/** The claims of a token for an account (serviceaccount.Claims). */
export function accountClaims(
  { metadata }: { readonly metadata: AccountMetadata },
  terms: TokenTerms,
): Claims {
  const { namespace = '', name, uid } = metadata;
  const { audiences, lifetimeSeconds, warnAfterSeconds, id, pod, node, secret } = terms;
  const issued = Math.floor(terms.issuedAt / 1000);
  return {
    aud: audiences,
    exp: issued + lifetimeSeconds,
    iat: issued,
    iss: ISSUER,
    jti: id,
    'kubernetes.io': {
      namespace,
      serviceaccount: { name, uid },
      ...(pod ? { pod } : {}),
      ...(node ? { node } : {}),
      ...(secret ? { secret } : {}),
      ...(warnAfterSeconds === undefined ? {} : { warnafter: issued + warnAfterSeconds }),
    },
    nbf: issued,
    sub: accountUser(namespace, name),
  };
}

const LEGACY = 'kubernetes.io/serviceaccount/';

/** The claims of the token that a Secret holds, which never expires (serviceaccount.LegacyClaims). */
export function legacyClaims(account: Stored<ServiceAccount>, secret: Stored<Secret>): Claims {
  const { namespace = '', name, uid } = account.metadata;
  return {
    iss: LEGACY_ISSUER,
    [`${LEGACY}namespace`]: namespace,
    [`${LEGACY}secret.name`]: secret.metadata.name,
    [`${LEGACY}service-account.name`]: name,
    [`${LEGACY}service-account.uid`]: uid,
    sub: accountUser(namespace, name),
  };
}

/** What an old token claims about itself. */
export function readLegacyClaims(claims: Claims) {
  const read = (name: string) => String(claims[`${LEGACY}${name}`] ?? '');
  return {
    namespace: read('namespace'),
    secret: read('secret.name'),
    account: read('service-account.name'),
    uid: read('service-account.uid'),
  };
}

/** The user that a service account is. */
export const accountUser = (namespace: string, name: string): string =>
  `system:serviceaccount:${namespace}:${name}`;

/** The groups of every service account of a namespace. */
export const accountGroups = (namespace: string): readonly string[] => [
  'system:serviceaccounts',
  `system:serviceaccounts:${namespace}`,
];
