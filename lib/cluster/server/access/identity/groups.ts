/** The user that nobody in particular is. */
export const ANONYMOUS = 'system:anonymous';
/** The group of everybody who is known. */
export const AUTHENTICATED = 'system:authenticated';
/** The group of everybody who is not. */
export const UNAUTHENTICATED = 'system:unauthenticated';
