export { accountGroups, legacyClaims } from './account-claims';
export { authenticateToken } from './authenticate-token';
export { issueToken } from './issue-token';
export { signToken, type TokenKey, tokenKey } from './jwt';
export { podToken } from './pod-token';
