export { accountGroups } from './account-claims';
export { authenticateToken } from './authenticate-token';
export { issueToken } from './issue-token';
export { type TokenKey, tokenKey } from './jwt';
