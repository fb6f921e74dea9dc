/** By this the server marks what failed only because too many people are here at once. */
export const BUSY_DIGEST = 'portside-busy';
