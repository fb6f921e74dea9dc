import {
  badRequest,
  conflict,
  type FieldError,
  goQuote,
  invalid,
  type KubeObject,
  type Node,
  notFound,
  type Pod,
  type ServiceAccount,
  type Stored,
  type TokenRequest,
  tokenRequestKind,
  type WriteOptions,
} from '../../../../api';
import { formatTime, randomUuid } from '../../../../base';
import type { Request } from '../../context';
import { decodeBody } from '../../decode';
import { accountClaims, ISSUER, type NamedObject, type TokenTerms } from './account-claims';
import { signToken } from './jwt';

const GROUP = 'authentication.k8s.io';

type Bound = Pick<TokenTerms, 'pod' | 'node' | 'secret'>;
type BoundRef = NonNullable<NonNullable<TokenRequest['spec']>['boundObjectRef']>;

/** POST serviceaccounts/x/token: a token for the account, bound to an object if asked (TokenREST.Create). */
export function issueToken(
  request: Request,
  name: string,
  body: KubeObject,
  options: WriteOptions,
): { readonly object: KubeObject; readonly warnings: readonly string[] } {
  const { context, namespace } = request;
  const decoded = decodeBody(tokenRequestKind, body, options);
  const asked = tokenRequestKind.setDefaults(decoded.object) as TokenRequest;
  checkNames(asked, namespace, name);
  const account = find<ServiceAccount>(request, 'serviceaccounts', namespace, name);
  const errors = tokenRequestKind.validate(asked);
  if (errors.length > 0) throw invalid('TokenRequest', GROUP, '', errors);
  const { expirationSeconds = 0, boundObjectRef = null, ...rest } = asked.spec ?? {};
  const audiences = rest.audiences?.length ? rest.audiences : [ISSUER];
  const now = context.clock.now();
  const token = signToken(
    context.tokenKey,
    accountClaims(account, {
      audiences,
      issuedAt: now,
      ...lifetimeOf(expirationSeconds, boundObjectRef?.kind === 'Pod' && audiences.includes(ISSUER)),
      id: randomUuid(context.random),
      ...(boundObjectRef ? bind(request, account, boundObjectRef) : {}),
    }),
  );
  const object = {
    kind: 'TokenRequest',
    apiVersion: `${GROUP}/v1`,
    metadata: { ...asked.metadata, name, namespace, creationTimestamp: formatTime(now) },
    spec: { audiences, expirationSeconds, boundObjectRef },
    status: { token, expirationTimestamp: formatTime(now + expirationSeconds * 1000) },
  };
  return { object, warnings: decoded.warnings };
}

/** The lifetime that marks a Pod's own token, and the one it gets, so that old clients may be slow to reread it. */
const POD_TOKEN_SECONDS = 3607;
const EXTENDED_SECONDS = 365 * 24 * 3600;

/** How long a token lives (--service-account-extend-token-expiration). */
export function lifetimeOf(
  seconds: number,
  ofPod: boolean,
): Pick<TokenTerms, 'lifetimeSeconds' | 'warnAfterSeconds'> {
  return ofPod && seconds === POD_TOKEN_SECONDS
    ? { lifetimeSeconds: EXTENDED_SECONDS, warnAfterSeconds: seconds }
    : { lifetimeSeconds: seconds };
}

function checkNames({ metadata }: TokenRequest, namespace: string, name: string): void {
  const differs = (field: 'name' | 'namespace', wanted: string): FieldError[] => {
    const value = metadata[field] ?? '';
    const detail = `must match the service account ${field} if specified`;
    return value === '' || value === wanted
      ? []
      : [{ type: 'Invalid', field: `metadata.${field}`, badValue: goQuote(value), detail }];
  };
  const [problem] = [...differs('name', name), ...differs('namespace', namespace)];
  if (problem) throw invalid('TokenRequest', GROUP, name, [problem]);
}

function find<T extends KubeObject>(
  { context }: Request,
  resource: string,
  namespace: string,
  name: string,
): Stored<T> {
  const found = context.store.get(`/${resource}/${namespace}/${name}`);
  if (!found) throw notFound(resource, '', name);
  return found as Stored<T>;
}

/** What a token is bound to; a Pod's token tells its node, too. */
function bind(request: Request, account: Stored<ServiceAccount>, ref: BoundRef): Bound {
  const { namespace } = request;
  const { apiVersion = '', kind = '', name = '' } = ref;
  const checked = ({ metadata }: Stored): NamedObject => {
    if (ref.uid && ref.uid !== metadata.uid) {
      throw conflict(
        kind,
        '',
        name,
        `the UID in the bound object reference (${ref.uid}) does not match the UID in record. The object might have been deleted and then recreated`,
      );
    }
    return { name: metadata.name, uid: metadata.uid };
  };
  switch (apiVersion === 'v1' ? kind : '') {
    case 'Pod': {
      const pod = find<Pod>(request, 'pods', namespace, name);
      const own = account.metadata.name;
      if (pod.spec?.serviceAccountName !== own) {
        throw badRequest(
          `cannot bind token for serviceaccount ${goQuote(own)} to pod running with different serviceaccount name.`,
        );
      }
      return { pod: checked(pod), node: nodeOfPod(request, pod) };
    }
    case 'Secret':
      return { secret: checked(find(request, 'secrets', namespace, name)) };
    case 'Node':
      return { node: checked(find<Node>(request, 'nodes', '', name)) };
    default: {
      const slash = apiVersion.indexOf('/');
      const version = `${apiVersion.slice(0, Math.max(slash, 0))}/${apiVersion.slice(slash + 1)}`;
      throw badRequest(`cannot bind token to object of type ${version}, Kind=${kind}`);
    }
  }
}

function nodeOfPod({ context }: Request, { spec }: Pod): Bound['node'] {
  const name = spec?.nodeName;
  if (!name) return undefined;
  const node = context.store.get(`/nodes//${name}`);
  return node ? { name, uid: node.metadata.uid } : { name };
}
