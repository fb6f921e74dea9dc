import { badRequest, type TokenReview } from '../../../../api';
import type { Identity } from '../../../seams';
import type { Request } from '../../context';
import { aggregate } from '../decide';
import { authenticateToken } from '../tokens';

/** What authentication.v1.UserInfo tells of somebody. */
function userInfo({ user, uid, groups, extra }: Identity) {
  return {
    username: user,
    ...(uid ? { uid } : {}),
    ...(groups.length > 0 ? { groups } : {}),
    ...(extra && Object.keys(extra).length > 0 ? { extra } : {}),
  };
}

/** Who is asking? */
export function reviewAsker({ identity }: Request) {
  return { userInfo: userInfo(identity) };
}

/** Whose token is this? */
export function reviewToken({ context }: Request, { spec }: TokenReview) {
  const { token = '', audiences } = spec ?? {};
  if (token === '') throw badRequest('token is required for TokenReview in authentication');
  const { store, tokenKey: key, clock } = context;
  const found = authenticateToken(
    { store, key, now: clock.now() },
    token,
    audiences?.length ? audiences : undefined,
  );
  if (typeof found === 'string') return { user: {}, error: tokenProblem(found) };
  return { authenticated: true, user: userInfo(found.user), audiences: found.audiences };
}

/** The errors of all token authenticators, of which the first knows none but its own. */
function tokenProblem(problem: string): string {
  return aggregate(['invalid bearer token', problem || 'invalid bearer token']);
}
