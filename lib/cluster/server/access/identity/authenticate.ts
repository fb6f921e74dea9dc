import { type Credentials, type StatusError, unauthorized } from '../../../../api';
import type { Identity } from '../../../seams';
import type { ServerContext } from '../../context';
import { authenticateToken } from '../tokens';
import { ANONYMOUS, UNAUTHENTICATED } from './groups';
import { impersonate } from './impersonate';

const NOBODY: Identity = { user: ANONYMOUS, groups: [UNAUTHENTICATED] };

/**
 * Who a request is from: its token's owner, else `own` (whom the connection vouches for), else nobody in particular;
 * or, if that one may, whoever it impersonates. A bad token is 401, never anonymous.
 */
export function authenticate(
  context: ServerContext,
  { token = '', impersonate: asked }: Credentials,
  own: Identity = NOBODY,
): Identity | StatusError {
  const { store, tokenKey: key, clock } = context;
  const found = token === '' ? { user: own } : authenticateToken({ store, key, now: clock.now() }, token);
  if (typeof found === 'string') return unauthorized();
  if (!asked) return found.user;
  return impersonate(context.policy(), found.user, asked) ?? found.user;
}
